//! `GetAPISpec`: what this session may call here. Clients build their methods from it.

use serde_json::{Map, Value, json};

use crate::wire::answer::{Answer, Reply};
use crate::wire::args::Param;
use crate::wire::caller::Caller;
use crate::wire::permit;
use crate::wire::table::METHODS;

pub(super) fn spec(caller: &mut Caller<'_>) -> Answer {
    let session = caller.session.as_ref();
    let may = METHODS.iter().filter(|method| {
        permit::check(method, caller.place, session, caller.world, caller.switches).is_ok()
    });
    let mut modules = Map::new();
    for method in may {
        let (module, name) = method.name.split_once('/').unwrap_or_default();
        let methods = modules.entry(module).or_insert_with(|| json!({}));
        methods[name] = json!({
            "Description": "",
            "Parameters": method.params.iter().map(parameter).collect::<Value>(),
            "ReturnTypeName": method.returns,
            "IsComplexType": !matches!(method.returns, "Void" | "Boolean"),
            "Returns": null,
        });
    }
    Ok(Reply::Value(Value::Object(modules)))
}

fn parameter(param: &Param) -> Value {
    json!({
        "Name": param.name,
        "TypeName": param.kind.name(),
        "Description": "",
        "Optional": param.optional,
        "ParamEnumValues": null,
    })
}
