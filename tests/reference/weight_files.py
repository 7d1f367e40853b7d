"""weight_files.py: a VGG16 in every layout that its publishers use, and malicious files.

    weight_files.py make SHARED FOLDER        all files, and expected-*: what the import must give, raw float32
    weight_files.py compare STATE IMPORTED    a vgg16_bn's own evaluation (PyTorch) against its folded import

conv1_1 to conv3_3 are the ImageNet VGG16's, from SHARED; the deeper layers are seeded noise of the right shape.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import struct
import sys

import h5py
import numpy as np
import torch

CHANNELS = [(3, 64), (64, 64), (64, 128), (128, 128), (128, 256), (256, 256), (256, 256),
            (256, 512), (512, 512), (512, 512), (512, 512), (512, 512), (512, 512)]
NAMES = ["1_1", "1_2", "2_1", "2_2", "3_1", "3_2", "3_3", "4_1", "4_2", "4_3", "5_1", "5_2", "5_3"]
PLAIN = [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28]
NORMED = [0, 3, 7, 10, 14, 17, 20, 24, 27, 30, 34, 37, 40]
VGG19 = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34]
STD = np.array([0.229, 0.224, 0.225])
TRUNCATED = 7


def network(shared):
    """[(weight OIHW, bias)] of all thirteen layers."""
    rng = np.random.default_rng(16)
    layers = []
    for name, (inside, out) in zip(NAMES, CHANNELS):
        path = os.path.join(shared, "imagenet-vgg16", f"conv{name}.weight.npy")
        if os.path.exists(path):
            layers.append((np.load(path), np.load(path.replace(".weight.npy", ".bias.npy"))))
        else:
            scale = np.sqrt(2 / (9 * inside))
            layers.append(((rng.standard_normal((out, inside, 3, 3)) * scale).astype("<f4"),
                           (rng.standard_normal(out) * 0.1).astype("<f4")))
    return layers


def state(layers, pattern):
    """A state dict; pattern(i) is the name of the i-th convolution's module."""
    tensors = {}
    for i, (weight, bias) in enumerate(layers):
        tensors[f"{pattern(i)}.weight"] = weight
        tensors[f"{pattern(i)}.bias"] = bias
    return tensors


def torchvision(i):
    return f"features.{PLAIN[i]}"


# ---- safetensors -----------------------------------------------------------------------------------------

def bits(array):
    """An array's type, shape and bytes, as the file stores them; bfloat16 is float32's upper half."""
    if isinstance(array, tuple):
        return "BF16", array[1], (array[0].view("<u4") >> 16).astype("<u2").tobytes()
    kind = {"<f8": "F64", "<f4": "F32", "<f2": "F16", "<i8": "I64"}[array.dtype.str]
    return kind, array.shape, np.ascontiguousarray(array).tobytes()


def write_safetensors(path, tensors, metadata=None, holes=()):
    """holes: (name, shape) of float32 tensors at the end that are never written, which leaves a hole in the file."""
    header, data, offset = {}, [], 0
    if metadata:
        header["__metadata__"] = metadata
    for name, array in tensors.items():
        kind, shape, raw = bits(array)
        header[name] = {"dtype": kind, "shape": list(shape), "data_offsets": [offset, offset + len(raw)]}
        offset += len(raw)
        data.append(raw)
    for name, shape in holes:
        size = 4 * int(np.prod(shape))
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for raw in data:
            file.write(raw)
        file.truncate(8 + len(text) + offset)


def read_safetensors(path):
    raw = open(path, "rb").read()
    length, = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8:8 + length])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + length + k for k in entry["data_offsets"])
            tensors[name] = np.frombuffer(raw[begin:end], "<f4").reshape(entry["shape"])
    return tensors


# ---- Keras -----------------------------------------------------------------------------------------------

def block(i):
    return "block{}_conv{}".format(*NAMES[i].split("_"))


def write_keras(path, layers, old, top=False, inside="", packing=None):
    """old: Keras 1's names in one group; otherwise Keras 2's, nested. HWIO, as in TensorFlow."""
    with h5py.File(path, "w") as file:
        group = file.require_group(inside) if inside else file
        group.attrs["layer_names"] = [block(i).encode() for i in range(len(layers))] + [b"block1_pool"]
        group.attrs["keras_version"] = b"2.2.4"
        group.create_group("block1_pool").attrs["weight_names"] = np.array([], dtype="S1")
        for i, (weight, bias) in enumerate(layers):
            layer = group.create_group(block(i))
            names = [block(i) + "_W_1:0", block(i) + "_b_1:0"]
            if not old:
                names = [block(i) + "/kernel:0", block(i) + "/bias:0"]
            layer.attrs["weight_names"] = [name.encode() for name in names]
            layer.create_dataset(names[0], data=weight.transpose(2, 3, 1, 0), **(packing or {}))
            layer.create_dataset(names[1], data=bias)
        if top:  # never written: there is nothing to read
            for name, shape in (("fc1", (25088, 4096)), ("fc2", (4096, 4096)), ("predictions", (4096, 1000))):
                layer = group.create_group(name)
                layer.create_dataset(f"{name}_W_1:0" if old else f"{name}/kernel:0", shape, "<f4")
                layer.create_dataset(f"{name}_b_1:0" if old else f"{name}/bias:0", shape[1:], "<f4")
        if inside:
            file.attrs["model_config"] = b'{"class_name": "Model"}'
            copies = file.create_group("optimizer_weights/" + block(0))
            copies.create_dataset("kernel:0", data=layers[0][0].transpose(2, 3, 1, 0) * 0)
            copies.create_dataset("bias:0", data=layers[0][1] * 0)


def keras_files(folder, layers):
    few = layers[:TRUNCATED]
    write_keras(f"{folder}/keras-old.h5", few, True)
    write_keras(f"{folder}/keras-old-top.h5", layers, True, top=True)
    write_keras(f"{folder}/keras-new.h5", few, False)
    write_keras(f"{folder}/keras-new-top.h5", few, False, top=True)
    write_keras(f"{folder}/keras-model.h5", few, False, inside="model_weights")
    write_keras(f"{folder}/keras-packed.h5", few, False,
                packing={"compression": "gzip", "shuffle": True, "fletcher32": True})
    write_keras(f"{folder}/small.h5", layers[:2], True)
    write_keras(f"{folder}/small-packed.h5", layers[:2], False, packing={"compression": "gzip", "shuffle": True})


def hostile_hdf5(folder, layers):
    weight, bias = layers[0][0].transpose(2, 3, 1, 0), layers[0][1]

    def create(name):
        file = h5py.File(f"{folder}/bad-{name}.h5", "w")
        group = file.create_group("block1_conv1")
        group.create_dataset("block1_conv1_b_1:0", data=bias)
        return file, group, "block1_conv1_W_1:0"

    file, group, name = create("10-gb")
    group.create_dataset(name, (3, 3, 3 << 20, 64), "<f4")
    file.close()
    file, group, name = create("10-gb-chunk")
    group.create_dataset(name, (3, 3, 3, 64), "<f4", chunks=(3, 3, 1 << 12, 1 << 14), maxshape=(None,) * 4,
                         compression="gzip")
    file.close()
    file, group, name = create("nothing-stored")
    group.create_dataset(name, (3, 3, 3, 64), "<f4")
    file.close()
    file, group, name = create("chunks-missing")
    dataset = group.create_dataset(name, (3, 3, 3, 64), "<f4", chunks=(3, 3, 3, 32))
    dataset[..., :32] = weight[..., :32]
    file.close()
    file, group, name = create("external")
    weight.tofile(f"{folder}/outside.raw")
    group.create_dataset(name, (3, 3, 3, 64), "<f4", external=[("outside.raw", 0, weight.nbytes)])
    file.close()
    file, group, name = create("virtual")
    layout = h5py.VirtualLayout((3, 3, 3, 64), "<f4")
    layout[...] = h5py.VirtualSource(f"{folder}/small.h5", "block1_conv1/" + name, (3, 3, 3, 64))
    group.create_virtual_dataset(name, layout)
    file.close()
    file, group, name = create("filter")
    group.create_dataset(name, data=weight, compression="lzf")
    file.close()
    with h5py.File(f"{folder}/bad-links.h5", "w") as file:
        file["block1_conv1"] = h5py.ExternalLink("small.h5", "/block1_conv1")
        file["block1_conv2"] = h5py.SoftLink("/block1_conv1")
    with h5py.File(f"{folder}/bad-ring.h5", "w") as file:
        ring = file.create_group("block1_conv1")
        ring["round"] = ring
        ring["again"] = ring
    with h5py.File(f"{folder}/bad-many.h5", "w") as file:
        for i in range(5000):
            file.create_dataset(f"conv{i}/kernel:0", (3, 3, 64, 64), "<f4")


# ---- PyTorch's names, in safetensors and in its own formats ----------------------------------------------

def as_torch(tensors):
    return {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in tensors.items()}


def save_torch(folder, name, tensors):
    torch.save(as_torch(tensors), f"{folder}/{name}.pth")
    torch.save(as_torch(tensors), f"{folder}/{name}-legacy.pth", _use_new_zipfile_serialization=False)


def torch_files(folder, layers):
    few = layers[:TRUNCATED]
    fc = [("classifier.0.weight", (4096, 25088)), ("classifier.0.bias", (4096,)),
          ("classifier.3.weight", (4096, 4096))]
    timm = [("pre_logits.fc1.weight", (4096, 512, 7, 7)), ("pre_logits.fc2.weight", (4096, 4096, 1, 1)),
            ("head.fc.weight", (1000, 4096))]
    write_safetensors(f"{folder}/torchvision.safetensors", state(layers, torchvision), {"format": "pt"}, fc)
    write_safetensors(f"{folder}/timm.safetensors", state(few, torchvision), {"format": "pt"}, timm)
    write_safetensors(f"{folder}/module.safetensors", state(few, lambda i: f"module.features.{PLAIN[i]}"))
    write_safetensors(f"{folder}/bare.safetensors", state(few, lambda i: str(PLAIN[i])))
    write_safetensors(f"{folder}/caffe-names.safetensors", state(few, lambda i: f"conv{NAMES[i]}"))
    write_safetensors(f"{folder}/reversed.safetensors",
                      dict(reversed(list(state(few, torchvision).items()))))
    write_safetensors(f"{folder}/double.safetensors",
                      {k: v.astype("<f8") for k, v in state(few, torchvision).items()})
    half = state([(w.astype("<f2"), b.astype("<f2")) for w, b in few], torchvision)
    write_safetensors(f"{folder}/half.safetensors", half)
    write_safetensors(f"{folder}/bfloat.safetensors",
                      {k: (np.ascontiguousarray(v), v.shape) for k, v in state(few, torchvision).items()})
    save_torch(folder, "torchvision", state(few, torchvision))
    save_torch(folder, "small", state(layers[:2], torchvision))
    write_safetensors(f"{folder}/small.safetensors", state(layers[:2], torchvision))
    converted = [((few[0][0][:, ::-1] * (255 * STD)[:, None, None]).astype("<f4"), few[0][1])] + few[1:]
    write_safetensors(f"{folder}/converted.safetensors", state(converted, torchvision))
    flipped = [(np.ascontiguousarray(few[0][0][:, ::-1]), few[0][1])] + few[1:]
    write_safetensors(f"{folder}/flipped.safetensors", state(flipped, torchvision))
    colours = {"0.weight": np.array([[0, 0, 255], [0, 255, 0], [255, 0, 0]], "<f4").reshape(3, 3, 1, 1),
               "0.bias": np.array([-103.939, -116.779, -123.68], "<f4")}
    write_safetensors(f"{folder}/colours.safetensors", {**colours, **state(few, lambda i: str(PLAIN[i] + 2))})
    colours["0.weight"][0, 1] = 3
    write_safetensors(f"{folder}/bad-colours.safetensors",
                      {**colours, **state(few, lambda i: str(PLAIN[i] + 2))})
    return converted, flipped


def normed_file(folder, layers):
    """vgg16_bn's state: the convolutions, each with a batch norm of random numbers."""
    rng = np.random.default_rng(20)
    tensors = {}
    for i, (weight, bias) in enumerate(layers):
        n = len(bias)
        norm = f"features.{NORMED[i] + 1}."
        tensors[f"features.{NORMED[i]}.weight"] = weight
        tensors[f"features.{NORMED[i]}.bias"] = bias
        tensors[norm + "weight"] = rng.uniform(0.3, 1.5, n).astype("<f4")
        tensors[norm + "bias"] = rng.uniform(-0.5, 0.5, n).astype("<f4")
        tensors[norm + "running_mean"] = rng.uniform(-1, 1, n).astype("<f4")
        tensors[norm + "running_var"] = (10 ** rng.uniform(-6, 1, n)).astype("<f4")
        tensors[norm + "num_batches_tracked"] = np.array(100, "<i8")
    write_safetensors(f"{folder}/bn.safetensors", tensors)
    torch.save(as_torch(tensors), f"{folder}/bn.pth")
    without = {k: v for k, v in tensors.items() if not k.startswith("features.4.")}
    write_safetensors(f"{folder}/bad-bn-missing.safetensors", without)
    renamed = {k.replace("features.1.", "bn1_1."): v for k, v in tensors.items()}
    write_safetensors(f"{folder}/bad-bn-names.safetensors", renamed)
    negative = dict(tensors)
    negative["features.1.running_var"] = -tensors["features.1.running_var"]
    write_safetensors(f"{folder}/bad-bn-variance.safetensors", negative)


def strangers(folder, layers):
    """Files that aren't a VGG16, or are a damaged one."""
    few = layers[:TRUNCATED]
    rng = np.random.default_rng(19)

    def noise(inside, out):
        return (rng.standard_normal((out, inside, 3, 3)).astype("<f4"), rng.standard_normal(out).astype("<f4"))

    deep = few + [noise(256, 256), noise(256, 512)] + [noise(512, 512)] * 7
    write_safetensors(f"{folder}/bad-vgg19.safetensors", state(deep, lambda i: f"features.{VGG19[i]}"))
    write_safetensors(f"{folder}/bad-vgg19-cut.safetensors", state(deep[:8], lambda i: f"features.{VGG19[i]}"))
    write_keras(f"{folder}/bad-vgg13.h5", few[:6] + [noise(256, 512)], True)
    write_safetensors(f"{folder}/bad-wide.safetensors", state([few[0], noise(64, 96)], torchvision))
    write_safetensors(f"{folder}/bad-kernel.safetensors",
                      state([few[0], (few[1][0], few[1][1][:63])], torchvision))
    write_safetensors(f"{folder}/bad-no-bias.safetensors", {"features.0.weight": few[0][0]})
    write_safetensors(f"{folder}/bad-none.safetensors", {"classifier.weight": few[0][1]})
    write_safetensors(f"{folder}/bad-turned.safetensors",
                      state([few[0], (np.ascontiguousarray(few[1][0].transpose(2, 3, 1, 0)), few[1][1])], torchvision))
    write_safetensors(f"{folder}/bad-two.safetensors",
                      {**state(few[:2], torchvision), **state(few[:2], lambda i: f"decoder.{i}")})
    for name, value in (("nan", np.nan), ("inf", -np.inf)):
        weight = few[1][0].copy()
        weight[3, 5, 1, 2] = value
        write_safetensors(f"{folder}/bad-{name}.safetensors", state([few[0], (weight, few[1][1])], torchvision))
        write_keras(f"{folder}/bad-{name}.h5", [few[0], (weight, few[1][1])], True)
    huge = few[0][0].astype("<f8") * 1e300
    write_safetensors(f"{folder}/bad-double.safetensors", state([(huge, few[0][1])], torchvision))
    write_safetensors(f"{folder}/large.safetensors", state([(few[0][0] * 1e5, few[0][1])], torchvision))


def write_expected(folder, converted, flipped, layers):
    for name, (weight, bias) in zip(NAMES, layers):
        weight.astype("<f4").tofile(f"{folder}/expected-conv{name}.weight")
        bias.astype("<f4").tofile(f"{folder}/expected-conv{name}.bias")
        for part, values in (("weight", weight), ("bias", bias)):
            upper = np.ascontiguousarray(values).view("<u4") & 0xffff0000
            upper.tofile(f"{folder}/expected-bfloat{name}.{part}")
    for name, (weight, bias) in (("converted", converted[0]), ("flipped", flipped[0])):
        weight.astype("<f4").tofile(f"{folder}/expected-{name}1_1.weight")
        bias.astype("<f4").tofile(f"{folder}/expected-{name}1_1.bias")


def write_legacy(shared, folder):
    """What PyTorch itself reads from the real legacy files: conv1_1, conv1_2 and conv2_1."""
    path = os.path.join(shared, "weight-files", "legacy-vgg19-normalised-conv2_1.pth")
    if os.path.exists(path):
        tensors = torch.load(path)
        for name, module in (("1_1", 2), ("1_2", 5), ("2_1", 9)):
            for part in ("weight", "bias"):
                tensors[f"{module}.{part}"].numpy().astype("<f4").tofile(f"{folder}/expected-legacy{name}.{part}")


def make(shared, folder):
    layers = network(shared)
    keras_files(folder, layers)
    hostile_hdf5(folder, layers)
    converted, flipped = torch_files(folder, layers)
    normed_file(folder, layers[:TRUNCATED])
    strangers(folder, layers)
    write_expected(folder, converted, flipped, layers)
    write_legacy(shared, folder)


# ---- A batch norm's own evaluation ------------------------------------------------------------------------

def compare(state_path, imported_path):
    state_dict = torch.load(state_path)
    folded = {k: torch.from_numpy(v.copy()) for k, v in read_safetensors(imported_path).items()}
    torch.manual_seed(3)
    x = y = torch.randn(1, 3, 24, 20)
    worst = 0
    for i in range(TRUNCATED):
        inside, out = CHANNELS[i]
        module = torch.nn.Sequential(torch.nn.Conv2d(inside, out, 3, padding=1), torch.nn.BatchNorm2d(out))
        module.load_state_dict({k: state_dict[f"features.{NORMED[i] + int(k[0])}{k[1:]}"]
                                for k in module.state_dict()})
        module.eval()
        with torch.no_grad():
            x = module(x).relu()
            y = torch.nn.functional.conv2d(y, folded[f"conv{NAMES[i]}.weight"], folded[f"conv{NAMES[i]}.bias"],
                                           padding=1).relu()
        worst = max(worst, float((x - y).norm() / x.norm()))
    print(f"relative difference {worst:.2g}")
    return worst <= 1e-5


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], sys.argv[3])
    elif not compare(sys.argv[2], sys.argv[3]):
        sys.exit(1)
