/*
 * Makes better-sqlite3, which is written for Node-API 10, work with Node-API 9 (Electron 33).
 *
 * Node-API 10 can hold a persistent reference to any value; Node-API 9 only to objects, functions, externals and
 * symbols. The linker redirects both calls to these functions (--wrap). They wrap a value that Node-API 9 doesn't
 * support in a tagged object, and unwrap it when the reference is read.
 */
#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static const napi_type_tag BOX_TAG = {0x6c65646765726472ULL, 0x6f702d626f786564ULL};
static const char BOX_KEY[] = "value";

napi_status __real_napi_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref* result);
napi_status __real_napi_get_reference_value(napi_env env, napi_ref reference, napi_value* result);

napi_status __wrap_napi_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type == napi_object || type == napi_function || type == napi_external || type == napi_symbol) {
    return __real_napi_create_reference(env, value, count, result);
  }
  napi_value box;
  if ((status = napi_create_object(env, &box)) != napi_ok) return status;
  if ((status = napi_type_tag_object(env, box, &BOX_TAG)) != napi_ok) return status;
  if ((status = napi_set_named_property(env, box, BOX_KEY, value)) != napi_ok) return status;
  return __real_napi_create_reference(env, box, count, result);
}

napi_status __wrap_napi_get_reference_value(napi_env env, napi_ref reference, napi_value* result) {
  napi_status status = __real_napi_get_reference_value(env, reference, result);
  if (status != napi_ok || *result == NULL) return status;
  napi_valuetype type;
  if ((status = napi_typeof(env, *result, &type)) != napi_ok) return status;
  if (type != napi_object) return napi_ok;
  bool is_box = false;
  if ((status = napi_check_object_type_tag(env, *result, &BOX_TAG, &is_box)) != napi_ok) return status;
  return is_box ? napi_get_named_property(env, *result, BOX_KEY, result) : napi_ok;
}
