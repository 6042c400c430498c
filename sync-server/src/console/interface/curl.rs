//! The line of curl that asks for an operation. What the reader has to know stands in variables of the shell.

use super::document::{Operation, Parameter, Place};
use serde_json::Value;

/// The line; `server` is the address of the server.
pub(super) fn line(server: &str, (method, path): (&str, &str), operation: &Operation) -> String {
    let body = operation.request_body.as_ref().filter(|body| body.required);
    let mut words = vec!["curl".to_owned()];
    match method {
        "get" => {}
        "head" => words.push("--head".to_owned()),
        "post" if body.is_some() => {}
        other => words.push(format!("-X {}", other.to_ascii_uppercase())),
    }
    if !operation.security.is_empty() {
        words.push("-H \"Authorization: Bearer $TOKEN\"".to_owned());
    }
    let headers = operation.parameters.iter().filter(|each| each.place == Place::Header && each.required);
    words.extend(headers.map(|each| format!("-H \"{}: {}\"", each.name, value(each))));
    if let Some(media) = body.and_then(|body| body.content.keys().next()) {
        words.push(format!("-H \"Content-Type: {media}\" --data-binary @{}", file(media)));
    }
    let mut address = format!("{server}{path}");
    for each in operation.parameters.iter().filter(|each| each.place == Place::Path) {
        address = address.replace(&format!("{{{}}}", each.name), &value(each));
    }
    words.push(format!("\"{address}\""));
    words.join(" ")
}

/// The example of a parameter, or the variable in which the reader puts its value.
fn value(parameter: &Parameter) -> String {
    match &parameter.example {
        Some(Value::String(example)) => example.clone(),
        Some(example) => example.to_string(),
        None => format!("${}", parameter.name.to_ascii_uppercase().replace('-', "_")),
    }
}

/// The file in which the reader has what is sent.
pub(super) fn file(media: &str) -> &'static str {
    match media {
        "application/json" => "body.json",
        "application/x-ndjson" => "body.ndjson",
        _ => "body.bin",
    }
}
