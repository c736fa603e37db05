//! The description of the control API (OpenAPI 3.1), written from the table of calls and the types they use.

use axum::Json;
use schemars::generate::SchemaSettings;
use schemars::{SchemaGenerator, generate::Contract};
use serde_json::{Map, Value, json};

use super::refusal::Problem;
use super::table::Entry;

/// `GET /sandbox/openapi.json`.
pub(super) async fn serve() -> Json<Value> {
    Json(document(&super::calls()))
}

/// The document.
fn document(calls: &[Entry]) -> Value {
    let mut given = generator(Contract::Deserialize);
    let mut shown = generator(Contract::Serialize);
    let mut paths: Map<String, Value> = Map::new();
    let problem = shown.subschema_for::<Problem>();
    let problem = json!({
        "description": "It cannot be done; the text says why.",
        "content": {"application/json": {"schema": problem}},
    });
    for call in calls {
        let path = format!("/sandbox{}", call.path.trim_end_matches('/'));
        let operation = operation(call, &path, &mut given, &mut shown);
        let methods = paths.entry(path).or_insert_with(|| json!({}));
        methods[call.method.as_str().to_lowercase()] = operation;
    }
    let mut schemas = given.take_definitions(true);
    schemas.extend(shown.take_definitions(true));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Control API of the sandbox",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Sets up and steers a local Discord, and plays its people. Guilds, users, roles and \
                channels may be named by id or by name; \"owner\" and \"bot\" work as names too.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {"schemas": schemas, "responses": {"Refused": problem}},
    })
}

fn generator(contract: Contract) -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
        settings.contract = contract;
    });
    settings.into_generator()
}

fn operation(
    call: &Entry,
    path: &str,
    given: &mut SchemaGenerator,
    shown: &mut SchemaGenerator,
) -> Value {
    let mut parameters: Vec<Value> = named_in(path)
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    if let Some(query) = call.query {
        parameters.extend(asked(query(given).as_value()));
    }
    let schema = call.answer.map_or_else(|| json!({}), |answer| json!(answer(shown)));
    let mut operation = json!({
        "operationId": operation_id(call.method.as_str(), path),
        "summary": call.about,
        "parameters": parameters,
        "responses": {
            "200": {"description": "Done.", "content": {"application/json": {"schema": schema}}},
            "default": {"$ref": "#/components/responses/Refused"},
        },
    });
    if let Some(body) = call.body {
        let content = json!({"application/json": {"schema": body(given)}});
        operation["requestBody"] = json!({"required": true, "content": content});
    }
    operation
}

/// The parameters of a path template.
fn named_in(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// The properties of a query's type, as parameters.
fn asked(schema: &Value) -> Vec<Value> {
    let required = schema["required"].as_array();
    let needed =
        |name: &str| required.is_some_and(|list| list.iter().any(|one| one.as_str() == Some(name)));
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, schema)| json!({"name": name, "in": "query", "required": needed(name), "schema": schema}))
        .collect()
}

/// `post_guilds_guild_hand`.
fn operation_id(method: &str, path: &str) -> String {
    let parts = path.split(['/', '{', '}', '-']).filter(|part| !part.is_empty());
    std::iter::once(method.to_lowercase())
        .chain(parts.skip(1).map(str::to_owned))
        .collect::<Vec<_>>()
        .join("_")
}
