"""publisher.py: a web server on loopback that publishes one file well or badly, as the first word of the path says.

    publisher.py FILE PORT-FILE LOG

writes its port into PORT-FILE, and into LOG a line for each request: path, Range header or "-", bytes of the answer.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import http.server
import os
import sys
import time

PAGE = b"<html><body>Please log in to this network.</body></html>\n"


class Publisher(http.server.BaseHTTPRequestHandler):
    file = log = None
    seen = set()

    def log_message(self, *_):
        pass

    def note(self, sent):
        with open(self.log, "a") as log:
            print(self.path, self.headers.get("Range", "-"), sent, file=log)

    def do_GET(self):
        how = self.path.split("/")[1]
        if how == "404":
            self.send_error(404)
            self.note(0)
        elif how == "redirect":
            self.send_response(302)
            self.send_header("Location", self.path.replace("redirect", "good", 1))
            self.end_headers()
            self.note(0)
            time.sleep(0.2)  # closes it late: who sends the next request down this connection gets no answer
        elif how == "page":
            self.send(PAGE, len(PAGE))
        else:
            self.publish(how)

    def publish(self, how):
        first = self.path not in self.seen
        self.seen.add(self.path)
        data = self.file
        if how == "wrong":
            data = bytes([data[0] ^ 1]) + data[1:]
        if how == "short":
            data = data[:len(data) // 4]
        if how == "endless":
            return self.flood()
        start = self.start() if not how.startswith("whole") else 0
        if start >= len(data):
            self.send_error(416)
            return self.note(0)
        rest = data[start:]
        cut = how == "cut" or how.endswith("cut-once") and first or how == "whole-cut"
        self.send(rest, min(len(rest), len(data) * 2 // 5) if cut else len(rest), start)

    def start(self):
        wanted = self.headers.get("Range", "bytes=0-")
        return int(wanted.removeprefix("bytes=").split("-")[0])

    def send(self, data, bytes_sent, start=0):
        """A part of the file from `start` on; less than was promised where the connection is to be cut."""
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data)))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{start + len(data) - 1}/{start + len(data)}")
        self.end_headers()
        self.note(bytes_sent)
        try:
            self.wfile.write(data[:bytes_sent])
        except OSError:
            pass  # who asked has gone

    def flood(self):
        """No length, and far more than anybody asked for."""
        self.send_response(200)
        self.end_headers()
        sent = 0
        try:
            while sent < 20 * len(self.file):
                sent += self.wfile.write(self.file)
        except OSError:
            pass
        self.note(sent)


if __name__ == "__main__":
    Publisher.file = open(sys.argv[1], "rb").read()
    Publisher.log = sys.argv[3]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    with open(sys.argv[2] + ".new", "w") as port:
        print(server.server_port, file=port)
    os.rename(sys.argv[2] + ".new", sys.argv[2])
    server.serve_forever()
