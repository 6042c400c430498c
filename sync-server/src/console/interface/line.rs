//! What the page says of the document, in the language of its reader.

use super::{
    curl,
    document::{Answer, Document, Operation, Parameter, Place, Schema},
};
use crate::{text::Text as T, view::api_token::scope};
use askama::{Template, filters::HtmlSafe};
use firebee_domain::{api_token::Scope, code::Code};
use firebee_protocol::text::{Language, Message as _, problem_text, say};
use std::collections::BTreeSet;

/// A sentence with words of code in it.
#[derive(Debug, Template)]
#[template(path = "interface/words.html")]
pub(super) struct Words {
    pieces: Vec<(bool, String)>,
    /// Whether it is English on a page in another language: the document has no other.
    foreign: bool,
}

impl HtmlSafe for Words {}

impl Words {
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.iter().all(|(_, piece)| piece.is_empty())
    }

    /// The text with this key; without one, what the document says.
    fn of(language: Language, key: &str, document: &str) -> Self {
        let told = T::ALL.iter().find(|text| text.key() == key).map(|text| say(language, *text));
        let foreign = told.is_none() && language != Language::En && !document.is_empty();
        let text = told.unwrap_or_else(|| document.split_whitespace().collect::<Vec<_>>().join(" "));
        Self {
            pieces: text.split('`').enumerate().map(|(at, piece)| (at % 2 == 1, piece.to_owned())).collect(),
            foreign,
        }
    }
}

/// The operations for one kind of reader.
pub(super) struct Room {
    pub(super) id: String,
    pub(super) title: Words,
    pub(super) operations: Vec<OperationLine>,
}

/// An operation.
pub(super) struct OperationLine {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) says: Words,
    pub(super) callers: Vec<Caller>,
    pub(super) parameters: Vec<ParameterLine>,
    pub(super) body: Option<Carried>,
    /// Of the body, where the document has one, with the name of its file.
    pub(super) example: Option<(String, &'static str)>,
    pub(super) answers: Vec<Carried>,
    pub(super) errors: Vec<(String, Vec<String>)>,
    pub(super) curl: String,
}

/// Who may call, or a scope that a token needs.
pub(super) struct Caller {
    pub(super) word: String,
    /// The word of the scope.
    pub(super) scope: String,
}

/// A parameter.
pub(super) struct ParameterLine {
    pub(super) name: String,
    pub(super) place: String,
    pub(super) required: bool,
    pub(super) says: Words,
}

/// What is sent or answered.
pub(super) struct Carried {
    /// The status of an answer.
    pub(super) status: String,
    pub(super) media: String,
    pub(super) schema: Option<String>,
    pub(super) says: Words,
}

/// A shape that several operations share.
pub(super) struct SchemaLine {
    pub(super) name: String,
    pub(super) says: Words,
    pub(super) fields: Vec<FieldLine>,
}

/// A field of a shape.
pub(super) struct FieldLine {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) schema: Option<String>,
    pub(super) list: bool,
    pub(super) required: bool,
    pub(super) says: Words,
}

/// A code that an operation may answer with.
pub(super) struct CodeLine {
    pub(super) code: Code,
    pub(super) status: u16,
    pub(super) action: String,
    pub(super) sentence: String,
}

/// The tag of what programs call. It stands first: most readers of the page write such a program.
const FIRST: &str = "programs";

/// How the document calls the token of a program.
const BY_PROGRAM: &str = "api_token";

/// Every operation, by its tag.
pub(super) fn rooms(language: Language, server: &str, document: &Document) -> Vec<Room> {
    let mut rooms: Vec<Room> = Vec::new();
    for (path, operations) in &document.paths {
        for (method, operation) in operations {
            let tag = operation.tags.first().map_or("", String::as_str);
            let line = line(language, server, (method, path), operation);
            match rooms.iter_mut().find(|room| room.id == tag) {
                Some(room) => room.operations.push(line),
                None => {
                    let title = Words::of(language, &format!("interface-tag-{tag}"), tag);
                    rooms.push(Room { id: tag.to_owned(), title, operations: vec![line] });
                }
            }
        }
    }
    rooms.sort_by_key(|room| (room.id != FIRST, room.id.clone()));
    rooms
}

fn line(language: Language, server: &str, (method, path): (&str, &str), operation: &Operation) -> OperationLine {
    let id = key(&operation.operation_id);
    let (good, bad): (Vec<_>, Vec<_>) = operation.responses.iter().partition(|(status, _)| status.as_str() < "400");
    let body = operation.request_body.as_ref();
    let media = body.and_then(|body| body.content.iter().next());
    OperationLine {
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        says: Words::of(language, &format!("interface-op-{id}"), &operation.summary),
        callers: callers(language, operation),
        parameters: operation.parameters.iter().map(|each| parameter(language, &id, each)).collect(),
        body: body.map(|body| Carried {
            status: String::new(),
            media: media.map(|(media, _)| media.clone()).unwrap_or_default(),
            schema: media.and_then(|(_, media)| media.schema.as_ref()?.named().map(str::to_owned)),
            says: Words::of(language, &format!("interface-body-{id}"), &body.description),
        }),
        example: media
            .and_then(|(media, shown)| Some((serde_json::to_string(shown.example.as_ref()?).ok()?, curl::file(media)))),
        answers: good.into_iter().map(|(status, answer)| answered(language, &id, (status, answer))).collect(),
        errors: bad.into_iter().map(|(status, answer)| (status.clone(), codes(answer))).collect(),
        curl: curl::line(server, (method, path), operation),
        id,
    }
}

/// A word of the document as a part of a key.
fn key(word: &str) -> String {
    word.to_ascii_lowercase().replace('_', "-")
}

fn callers(language: Language, operation: &Operation) -> Vec<Caller> {
    let plain = |text| Caller { word: say(language, text), scope: String::new() };
    let kinds: BTreeSet<&String> = operation.security.iter().flat_map(|each| each.keys()).collect();
    let mut callers: Vec<Caller> = kinds
        .into_iter()
        .map(|kind| plain(if kind == BY_PROGRAM { T::InterfaceByProgram } else { T::InterfaceByPhone }))
        .collect();
    if callers.is_empty() {
        callers.push(plain(T::InterfaceByAnybody));
    }
    let named = |each: &String| each.parse::<Scope>().map_or_else(|_| String::new(), |each| scope(language, each));
    let scopes = operation.security.iter().flat_map(|each| each.values()).flatten();
    callers.extend(scopes.map(|each| Caller { word: named(each), scope: each.clone() }));
    callers
}

fn parameter(language: Language, operation: &str, each: &Parameter) -> ParameterLine {
    let place = match each.place {
        Place::Path => T::InterfaceInPath,
        Place::Query => T::InterfaceInQuery,
        Place::Header | Place::Cookie => T::InterfaceInHeader,
    };
    let (name, own) = (key(&each.name), format!("interface-of-{operation}-{}", key(&each.name)));
    let own_is_told = T::ALL.iter().any(|text| text.key() == own);
    let key = if own_is_told { own } else { format!("interface-parameter-{name}") };
    ParameterLine {
        name: each.name.clone(),
        place: say(language, place),
        required: each.required,
        says: Words::of(language, &key, &each.description),
    }
}

fn answered(language: Language, operation: &str, (status, answer): (&String, &Answer)) -> Carried {
    let media = answer.content.iter().next();
    Carried {
        status: status.clone(),
        media: media.map(|(media, _)| media.clone()).unwrap_or_default(),
        schema: media.and_then(|(_, media)| media.schema.as_ref()?.named().map(str::to_owned)),
        says: Words::of(language, &format!("interface-answer-{operation}-{status}"), &answer.description),
    }
}

/// The codes of an error. What stands behind a colon says more.
fn codes(answer: &Answer) -> Vec<String> {
    let words = answer.description.split(':').next().unwrap_or_default();
    words.split(',').map(|word| word.trim().to_owned()).collect()
}

/// The shapes that several operations share.
pub(super) fn schemas(language: Language, document: &Document) -> Vec<SchemaLine> {
    let line = |(name, schema): (&String, &Schema)| {
        let id = name.to_ascii_lowercase();
        let field = |(field, shape): (&String, &Schema)| FieldLine {
            name: field.clone(),
            kind: shape.words(),
            schema: shape.named().map(str::to_owned),
            list: shape.is_list(),
            required: schema.required.contains(field),
            says: Words::of(language, &format!("interface-field-{id}-{}", key(field)), &shape.description),
        };
        let says = Words::of(language, &format!("interface-schema-{id}"), &schema.description);
        SchemaLine { name: name.clone(), says, fields: schema.properties.iter().map(field).collect() }
    };
    document.components.schemas.iter().map(line).collect()
}

/// Every code that an operation names, once.
pub(super) fn told(language: Language, rooms: &[Room]) -> Vec<CodeLine> {
    let operations = rooms.iter().flat_map(|room| &room.operations);
    let words: BTreeSet<&String> =
        operations.flat_map(|each| each.errors.iter().flat_map(|(_, codes)| codes)).collect();
    let line = |code: Code| CodeLine {
        code,
        status: code.status().unwrap_or_default(),
        action: serde_json::to_value(code.action())
            .ok()
            .and_then(|word| Some(word.as_str()?.to_owned()))
            .unwrap_or_default(),
        sentence: problem_text(code, &[], language),
    };
    words.into_iter().filter_map(|word| word.parse().ok()).map(line).collect()
}
