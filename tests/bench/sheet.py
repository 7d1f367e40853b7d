"""sheet.py: pictures in rows on one sheet, each with a line of text below it if there is one to say."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
from PIL import Image, ImageDraw

GAP, LINE = 4, 12


def cell_width(image, caption):
    text = ImageDraw.Draw(image.copy()).multiline_textbbox((0, 0), caption)
    return max(image.width, text[2] + 2 * GAP)


def contact_sheet(rows, path):
    """rows: lists of pictures, or of (picture, caption); a caption may have several lines."""
    rows = [[cell if isinstance(cell, tuple) else (cell, '') for cell in row] for row in rows]
    columns = max(len(row) for row in rows)
    widths = [max(cell_width(*row[i]) for row in rows if i < len(row)) for i in range(columns)]
    heights = [max(image.height + LINE * len(caption.splitlines()) for image, caption in row) for row in rows]
    sheet = Image.new('RGB', (sum(widths) + GAP * columns, sum(heights) + GAP * len(rows)), 'white')
    draw, top = ImageDraw.Draw(sheet), 0
    for row, height in zip(rows, heights):
        left = 0
        for (image, caption), width in zip(row, widths):
            sheet.paste(image, (left, top))
            draw.multiline_text((left + 2, top + image.height), caption, fill='black', spacing=1)
            left += width + GAP
        top += height + GAP
    sheet.save(path)
