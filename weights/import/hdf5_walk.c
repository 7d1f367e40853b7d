/* hdf5_walk.c: libhdf5 on a short leash. Only hard links are followed, to a bounded depth and number. Nothing
 * outside the file is opened, whether by a link, an external file or a plug-in. Before numbers are read, the
 * dataset must be of a bounded size and have all its bytes in the file. Attributes are not read. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define H5_USE_110_API /* later libraries keep its calls */
#include "hdf5_walk.h"

#include "tensor_file.h"

#include "core/weights/safetensors.h"

#include <glib.h>
#include <hdf5.h>
#include <string.h>

enum { DEPTH_MAX = 8, LINKS_MAX = 1024, PATH_MAX_BYTES = 1024 };

struct Hdf5Walk {
    char *path;
    hid_t file;
    hsize_t size; /* of the file, in bytes */

    /* While walking. */
    Hdf5Found found;
    void *data;
    NstStatus status; /* what has ended the walk */
    NstError *error;
    GString *at; /* the group's path, with a “/” at its end */
    int depth, links;
};

NstStatus hdf5_walk_open(Hdf5Walk **out, const char *path, const char *name, NstError *error)
{
    H5dont_atexit();
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL); /* or it prints */
    H5PLset_loading_state(0);              /* no filters or drivers from elsewhere */
    Hdf5Walk *walk = g_new0(Hdf5Walk, 1);
    *out = NULL;
    walk->path = g_strdup(name);
    walk->file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    if (walk->file >= 0 && H5Fget_filesize(walk->file, &walk->size) >= 0) {
        *out = walk;
        return NST_OK;
    }
    g_free(walk->path);
    g_free(walk);
    return weights_refuse(error, name, "libhdf5 can't open it; it is damaged or has been cut off");
}

/* The dataset's shape. False: it is not an array of floating-point numbers (Keras stores texts, too). */
static bool read_shape(hid_t dataset, int *rank, size_t side[TENSOR_RANK_MAX])
{
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    hsize_t dims[H5S_MAX_RANK];
    bool numbers =
        H5Tget_class(type) == H5T_FLOAT && H5Tget_size(type) <= 8 &&
        (H5Sget_simple_extent_type(space) == H5S_SIMPLE || H5Sget_simple_extent_type(space) == H5S_SCALAR);
    *rank = numbers ? H5Sget_simple_extent_dims(space, dims, NULL) : -1;
    for (int i = 0; i < *rank && i < TENSOR_RANK_MAX; i++)
        side[i] = (size_t)dims[i];
    H5Tclose(type);
    H5Sclose(space);
    return *rank >= 0 && *rank <= TENSOR_RANK_MAX;
}

static herr_t visit(hid_t group, const char *name, const H5L_info_t *info, void *data);

static NstStatus walk_group(Hdf5Walk *walk, hid_t group)
{
    if (++walk->depth > DEPTH_MAX)
        return weights_refuse(walk->error, walk->path, "its groups are nested too deeply");
    herr_t result = H5Literate(group, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, visit, walk);
    walk->depth--;
    if (result >= 0)
        return NST_OK;
    /* Either a visit has failed, or the iteration itself. */
    return walk->status != NST_OK
               ? walk->status
               : weights_refuse(walk->error, walk->path, "a group in it can't be read; it is damaged");
}

/* What a link leads to: a dataset, a group, or something else, which is skipped. */
static NstStatus visit_object(Hdf5Walk *walk, hid_t object)
{
    int rank;
    size_t side[TENSOR_RANK_MAX];
    if (H5Iget_type(object) == H5I_DATASET)
        return read_shape(object, &rank, side)
                   ? walk->found(walk->data, walk->at->str, rank, side, walk->error)
                   : NST_OK;
    if (H5Iget_type(object) != H5I_GROUP)
        return NST_OK;
    g_string_append_c(walk->at, '/');
    return walk_group(walk, object);
}

static NstStatus visit_link(Hdf5Walk *walk, hid_t group, const char *name, H5L_type_t type)
{
    size_t length = walk->at->len;
    if (++walk->links > LINKS_MAX || length + strlen(name) > PATH_MAX_BYTES)
        return weights_refuse(walk->error, walk->path, "it has too many links, or too long ones");
    if (type != H5L_TYPE_HARD)
        return NST_OK;
    hid_t object = H5Oopen(group, name, H5P_DEFAULT);
    if (object < 0)
        return weights_refuse(walk->error, walk->path, "“%s” in it can't be opened; it is damaged", name);
    g_string_append(walk->at, name);
    NstStatus status = visit_object(walk, object);
    g_string_truncate(walk->at, length);
    H5Oclose(object);
    return status;
}

/* H5Literate's callback: a negative result stops it. */
static herr_t visit(hid_t group, const char *name, const H5L_info_t *info, void *data)
{
    Hdf5Walk *walk = data;
    walk->status = visit_link(walk, group, name, info->type);
    return walk->status == NST_OK ? 0 : -1;
}

/* A model that Keras saved whole has its weights under model_weights; elsewhere in the file are the
 * optimiser's copies of them. */
NstStatus hdf5_walk(Hdf5Walk *walk, Hdf5Found found, void *data, NstError *error)
{
    walk->found = found;
    walk->data = data;
    walk->status = NST_OK;
    walk->error = error;
    walk->at = g_string_new(NULL);
    hid_t root = H5Gopen2(walk->file, "/", H5P_DEFAULT), group = -1;
    if (root >= 0 && H5Lexists(root, "model_weights", H5P_DEFAULT) > 0) {
        H5L_info_t info;
        if (H5Lget_info(root, "model_weights", &info, H5P_DEFAULT) >= 0 && info.type == H5L_TYPE_HARD)
            group = H5Gopen2(root, "model_weights", H5P_DEFAULT);
        g_string_append(walk->at, "model_weights/");
    }
    NstStatus status = walk_group(walk, group >= 0 ? group : root);
    if (group >= 0)
        H5Gclose(group);
    if (root >= 0)
        H5Gclose(root);
    g_string_free(walk->at, TRUE);
    return status;
}

/* Whether zlib and libhdf5 itself can undo all the dataset's filters. */
static bool filters_known(hid_t plist)
{
    for (int i = 0; i < H5Pget_nfilters(plist); i++) {
        unsigned flags, config;
        size_t values = 0;
        H5Z_filter_t filter = H5Pget_filter2(plist, (unsigned)i, &flags, &values, NULL, 0, NULL, &config);
        if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
            return false;
    }
    return true;
}

/* Whether every chunk of a chunked dataset is there, and none holds more than HDF5_COUNT_MAX numbers: libhdf5
 * allocates memory for a whole chunk. */
static bool chunks_there(hid_t dataset, hid_t space, hid_t plist)
{
    hsize_t dims[H5S_MAX_RANK], chunk[H5S_MAX_RANK], size = 1, wanted = 1, there = 0;
    int rank = H5Sget_simple_extent_dims(space, dims, NULL);
    if (rank < 1 || H5Pget_chunk(plist, H5S_MAX_RANK, chunk) != rank)
        return false;
    for (int i = 0; i < rank; i++) {
        if (chunk[i] == 0 || size > HDF5_COUNT_MAX / chunk[i])
            return false;
        size *= chunk[i];
        wanted *= (dims[i] - 1) / chunk[i] + 1; /* the count is bounded, and above 0 */
    }
    return H5Dget_num_chunks(dataset, space, &there) >= 0 && there == wanted;
}

/* Whether all the dataset's bytes lie in the file: libhdf5 makes up those that don't. */
static bool stored(const Hdf5Walk *walk, hid_t dataset, hid_t space, size_t count)
{
    hid_t plist = H5Dget_create_plist(dataset), type = H5Dget_type(dataset);
    hsize_t bytes = H5Dget_storage_size(dataset), wanted = (hsize_t)count * H5Tget_size(type);
    bool good = H5Pget_external_count(plist) == 0 && filters_known(plist) && bytes > 0 && bytes <= walk->size;
    switch (H5Pget_layout(plist)) {
    case H5D_COMPACT:
    case H5D_CONTIGUOUS:
        good = good && bytes == wanted;
        break;
    case H5D_CHUNKED:
        good = good && chunks_there(dataset, space, plist);
        break;
    default:
        good = false;
    }
    H5Tclose(type);
    H5Pclose(plist);
    return good;
}

NstStatus hdf5_walk_read(Hdf5Walk *walk, const char *name, size_t count, float *values, NstError *error)
{
    hid_t dataset = H5Dopen2(walk->file, name, H5P_DEFAULT);
    if (dataset < 0)
        return weights_refuse(error, walk->path, "“%s” in it can't be opened; it is damaged", name);
    hid_t space = H5Dget_space(dataset);
    NstStatus status = NST_OK;
    if (H5Sget_simple_extent_npoints(space) != (hssize_t)count || count == 0 || count > HDF5_COUNT_MAX)
        status = weights_refuse(error, walk->path, "“%s” is larger than any tensor of VGG16", name);
    else if (!stored(walk, dataset, space, count))
        status =
            weights_refuse(error, walk->path,
                           "“%s” isn't complete in it, or is packed in a way that can't be read here", name);
    else if (H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
        status =
            weights_refuse(error, walk->path, "“%s” can't be read; it is damaged or has been cut off", name);
    H5Sclose(space);
    H5Dclose(dataset);
    return status;
}
