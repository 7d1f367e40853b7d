"""weight_files.py: the built-in weights in the formats of published ones, for the importer."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

import json

import numpy

FEATURES = [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28]  # torchvision's numbers of VGG16's convolutions


def _tensors(path):
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header, begin = json.loads(data[8:8 + length]), 8 + length
    kinds = {"F16": numpy.float16, "F32": numpy.float32}
    return {name: numpy.frombuffer(data[begin + about["data_offsets"][0]:begin + about["data_offsets"][1]],
                                   kinds[about["dtype"]]).reshape(about["shape"]).astype(numpy.float32)
            for name, about in header.items() if name != "__metadata__"}


def published(path, folder):
    """Writes both of PyTorch's formats where PyTorch is there; returns their paths."""
    try:
        import torch
    except ImportError:
        return []
    tensors = _tensors(path)
    layers = sorted({name.rsplit(".", 1)[0] for name in tensors})
    state = {f"features.{FEATURES[number]}.{part}": torch.from_numpy(tensors[f"{layer}.{part}"])
             for number, layer in enumerate(layers) for part in ("weight", "bias")}
    made = []
    for name, zipped in (("zip.pth", True), ("legacy.pth", False)):
        torch.save(state, folder / name, _use_new_zipfile_serialization=zipped)
        made.append(folder / name)
    return made
