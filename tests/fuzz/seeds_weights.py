"""seeds_weights.py hdf5|safetensors FOLDER: small files of every kind for the fuzzers to start from."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import struct
import sys


def safetensors(folder, name, tensors, metadata=None):
    header, offset = {}, 0
    if metadata is not None:
        header["__metadata__"] = metadata
    for key, (kind, shape, size) in tensors.items():
        header[key] = {"dtype": kind, "shape": shape, "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    with open(os.path.join(folder, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + bytes(range(256)) * (offset // 256) + b"\0" * (offset % 256))


def safetensors_seeds(folder):
    ours = {"format": "neural-style-vgg16", "channels": "RGB", "scale": "1", "mean": "0.485 0.456 0.406",
            "std": "0.229 0.224 0.225", "provenance": "seed"}
    conv = {"conv1_1.weight": ("F16", [64, 3, 3, 3], 3456), "conv1_1.bias": ("F16", [64], 128)}
    safetensors(folder, "ours", conv, ours)
    safetensors(folder, "torchvision", {"features.0.weight": ("F16", [64, 3, 3, 3], 3456),
                                        "features.0.bias": ("BF16", [64], 128)}, {"format": "pt"})
    norm = {f"features.1.{part}": ("BF16", [64], 128) for part in ("weight", "bias", "running_mean", "running_var")}
    safetensors(folder, "bn", {"features.0.weight": ("BF16", [64, 3, 3, 3], 3456), **norm,
                               "features.1.num_batches_tracked": ("I64", [], 8)})
    safetensors(folder, "colours", {"0.weight": ("F32", [3, 3, 1, 1], 36), "0.bias": ("F64", [3], 24),
                                    "2.weight": ("F16", [64, 3, 3, 3], 3456), "2.bias": ("F16", [64], 128)})
    safetensors(folder, "hwio", {"block1_conv1/kernel:0": ("F16", [3, 3, 3, 64], 3456),
                                 "block1_conv1/bias:0": ("F16", [64], 128)})
    safetensors(folder, "odd", {"a": ("F32", [0, 5], 0), "b": ("U8", [3], 3), "c": ("F64", [], 8)}, {})


def hdf5_seeds(folder):
    import h5py
    import numpy as np
    numbers = np.linspace(-1, 1, 54, dtype="<f4").reshape(3, 3, 2, 3)
    for version in ("earliest", "latest"):
        with h5py.File(os.path.join(folder, version), "w", libver=version) as file:
            group = file.create_group("block1_conv1")
            group.attrs["weight_names"] = [b"kernel:0"]
            group.create_dataset("kernel:0", data=numbers)
            group.create_dataset("bias:0", data=numbers[0, 0, 0].astype("<f8"))
        with h5py.File(os.path.join(folder, version + "-packed"), "w", libver=version) as file:
            file.create_dataset("model_weights/a/kernel:0", data=numbers, chunks=(3, 3, 2, 2), compression="gzip",
                                shuffle=True, fletcher32=True)
            file.create_dataset("b", data=numbers, chunks=(2, 2, 2, 3), maxshape=(None, 3, 2, 3))
        with h5py.File(os.path.join(folder, version + "-links"), "w", libver=version) as file:
            file["soft"] = h5py.SoftLink("/c")
            file["external"] = h5py.ExternalLink("nowhere.h5", "/c")
            file.create_dataset("c", data=numbers.astype("<f2"))
            file.create_dataset("d", data=[b"text"])
            file.create_dataset("e", data=np.float32(3))
            file["ring"] = file


if __name__ == "__main__":
    {"hdf5": hdf5_seeds, "safetensors": safetensors_seeds}[sys.argv[1]](sys.argv[2])
