//! What the server answers is what its description says.

use crate::both;
use axum::{
    body::Body,
    http::{Method, Request},
};
use firebee_tests::house::{House, Phone};
use serde_json::{Value, json};

both!(every_answer_has_the_names_that_the_description_gives_it);

/// Whether `value` has every required name of the schema and no other than its names, all the way down.
fn fits(document: &Value, schema: &Value, value: &Value, path: &str) -> Result<(), String> {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let named = document.pointer(name.trim_start_matches('#')).ok_or(format!("{path}: {name} is not there"))?;
        return fits(document, named, value, path);
    }
    if let Some(variants) = schema.get("oneOf").and_then(Value::as_array) {
        let all: Vec<_> = variants.iter().map(|variant| fits(document, variant, value, path)).collect();
        let fitting = all.iter().any(Result::is_ok);
        return if fitting { Ok(()) } else { all.into_iter().collect::<Result<(), _>>() };
    }
    match (schema.get("properties").and_then(Value::as_object), value) {
        (Some(properties), Value::Object(members)) => {
            for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
                let name = name.as_str().unwrap_or_default();
                members.get(name).ok_or(format!("{path}.{name} is required and not answered"))?;
            }
            for (name, member) in members {
                let property = properties.get(name).ok_or(format!("{path}.{name} is answered and not described"))?;
                fits(document, property, member, &format!("{path}.{name}"))?;
            }
            Ok(())
        }
        (Some(_), other) => Err(format!("{path} is {other}, an object is described")),
        (None, Value::Array(elements)) => {
            let items = schema.get("items").ok_or(format!("{path} is an array and not described as one"))?;
            elements.iter().try_for_each(|element| fits(document, items, element, path))
        }
        (None, Value::Null) => {
            let kinds = schema.get("type").cloned().unwrap_or_default();
            if kinds.to_string().contains("null") {
                Ok(())
            } else {
                Err(format!("{path} is null, {kinds} is described"))
            }
        }
        (None, _) => Ok(()),
    }
}

async fn every_answer_has_the_names_that_the_description_gives_it(house: House) {
    let get = |path: &str| Request::builder().uri(path).body(Body::empty()).unwrap();
    let document: Value = house.send(get("/v1/openapi.json")).await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let check = |name: &str, value: &Value| {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        assert_eq!(fits(&document, &schema, value, name), Ok(()));
    };
    check("Capabilities", &house.send(get("/v1/capabilities")).await.json());
    check("Problem", &house.send(get("/v1/pull")).await.json());
    let mut phone = Phone::new("ma");
    let request = phone.claim_request(Some(&Phone::new("ma")));
    check("ClaimRequest", &serde_json::to_value(request).unwrap());
    check("ClaimReply", &phone.claim(&house).await.json());
    let nonce = house.send(house.post("/v1/session/nonce", &Value::Null)).await.json::<Value>();
    check("Nonce", &nonce);
    let nonce = nonce["nonce"].as_str().unwrap();
    check("ReleaseRequest", &serde_json::to_value(phone.release_request(nonce)).unwrap());
    let request = phone.refresh_request(house.firm.keys.incarnation, &phone.given().refresh, nonce);
    check("RefreshRequest", &serde_json::to_value(&request).unwrap());
    check("RefreshReply", &house.send(house.post("/v1/session/refresh", &request)).await.json());
    let mut device = phone.device(&house.firm);
    device.start_task(&house.firm, house.firm.items_of(0), house.firm.assignments[0]);
    // Not issued to her: it is kept and not counted, so that there is an outcome to look at.
    device.start_task(&house.firm, house.firm.items_of(1), house.firm.assignments[0]);
    let push = device.request(1, 2, firebee_tests::device::Sign::Right);
    let builder = phone.request(&house, Method::POST, "/v1/push").header("content-encoding", "zstd");
    let pushed = builder.header("content-type", "application/x-ndjson").body(Body::from(push.body)).unwrap();
    let pushed: Value = house.send(pushed).await.json();
    assert_eq!(pushed["results"].as_array().map(Vec::len), Some(1), "{pushed}");
    check("PushReply", &pushed);
    let page: Value = phone.pull(&house).await.json();
    assert!(page["changes"].as_array().is_some_and(|changes| !changes.is_empty()) && page["applied"].is_array());
    check("Page", &page);
}
