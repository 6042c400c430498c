//! Writes out the lines that the server keeps: exactly as they came, per store in order. A push lies packed, so SQL does
//! not show them.

use crate::{
    org::Org,
    query::{
        line::{self, Line},
        org,
    },
    store::{Store, StoreError, Tx},
};
use firebee_domain::{id::StoreId, time::Timestamp};
use firebee_protocol::{encode::to_base64, json, problem::CodeWord};
use serde::Serialize;
use serde_json::value::RawValue;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// How many lines are read in one transaction.
const LINES_AT_ONCE: u64 = 500;

/// What is written out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The name of one firm; all firms without it.
    pub organisation: Option<String>,
    /// One store; all stores without it.
    pub store: Option<StoreId>,
    /// The lines alone, byte for byte, instead of each within a JSON object that tells its place and outcome.
    pub plain: bool,
}

/// Why nothing more is written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No firm has this name.
    #[error("no organisation is called {0}")]
    NoOrganisation(String),
    /// No wanted firm has a phone's store of this id.
    #[error("no phone's store has the id {0}; the page `Phones` and `firebee admin list-devices` show the ids")]
    NoStore(StoreId),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output ended.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// A line with what the server knows of it. Of `line` and `base64` one is there: bytes that are no strict JSON are
/// written as base64.
#[derive(Serialize)]
struct Told<'a> {
    organisation: String,
    store_id: StoreId,
    seq: u64,
    received_ms: Timestamp,
    /// Why it does not count; null when it was accepted.
    code: Option<CodeWord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

/// Writes the wanted lines, each with a line feed: by firm, by store, by seq. Returns how many there were.
///
/// # Errors
/// See [`ExportError`].
pub async fn facts(store: &Store, wanted: &Wanted, output: &mut impl Write) -> Result<u64, ExportError> {
    let firms = store.read("find_firms", async |tx: &mut Tx| named(tx).await).await?;
    let chosen = |name: &str| wanted.organisation.as_ref().is_none_or(|wanted| wanted == name);
    if let Some(name) = wanted.organisation.as_ref().filter(|_| !firms.iter().any(|(_, name)| chosen(name))) {
        return Err(ExportError::NoOrganisation(name.clone()));
    }
    let (mut count, mut found) = (0, false);
    for (firm, name) in firms.into_iter().filter(|(_, name)| chosen(name)) {
        let find = async move |tx: &mut Tx| line::stores(tx, firm).await;
        let stores: Result<_, StoreError> = store.read("find_stores", find).await;
        for (id, last) in stores?.into_iter().filter(|(id, _)| wanted.store.is_none_or(|wanted| wanted == *id)) {
            found = true;
            let mut from = 1;
            while from <= last {
                let to = last.min(from + LINES_AT_ONCE - 1);
                let read = async move |tx: &mut Tx| part(tx, firm, id, from, to).await;
                let (lines, mut codes) = store.read("export_facts", read).await?;
                for line in &lines {
                    write(output, wanted.plain, (&name, id), line, codes.remove(&line.seq))?;
                }
                count += lines.len() as u64;
                from = to + 1;
            }
        }
    }
    output.flush()?;
    match wanted.store {
        Some(id) if !found => Err(ExportError::NoStore(id)),
        _ => Ok(count),
    }
}

async fn named(tx: &mut Tx) -> Result<Vec<(Org, String)>, StoreError> {
    let mut firms = Vec::new();
    for firm in org::all(tx).await? {
        firms.push((firm, org::name(tx, firm).await?));
    }
    Ok(firms)
}

type Part = (Vec<Line>, BTreeMap<u64, CodeWord>);

async fn part(tx: &mut Tx, firm: Org, store: StoreId, from: u64, to: u64) -> Result<Part, StoreError> {
    Ok((line::range(tx, firm, store, from, to).await?, line::outcomes(tx, firm, store, from, to).await?))
}

fn write(
    output: &mut impl Write,
    plain: bool,
    (organisation, store_id): (&str, StoreId),
    line: &Line,
    code: Option<CodeWord>,
) -> Result<(), ExportError> {
    if plain {
        output.write_all(&line.bytes)?;
    } else {
        let strict = json::check(&line.bytes).ok().and_then(|()| serde_json::from_slice::<&RawValue>(&line.bytes).ok());
        // A line that has white space around it would lose it as a value of JSON.
        let exact = strict.filter(|value| value.get().len() == line.bytes.len());
        let told = Told {
            organisation: organisation.to_owned(),
            store_id,
            seq: line.seq,
            received_ms: line.received,
            code,
            line: exact,
            base64: exact.is_none().then(|| to_base64(&line.bytes)),
        };
        serde_json::to_writer(&mut *output, &told).map_err(io::Error::from)?;
    }
    Ok(output.write_all(b"\n")?)
}
