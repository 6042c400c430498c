//! A list as a file: a workbook, CSV or NDJSON.
//!
//! The file is read part by part through the list's own address, each part by the handler that draws the page. So a file
//! holds what the filter shows, in its order and its columns, to whoever may see it, and takes the memory of one part.
//! Each part begins behind the last row of the one before.

mod csv;
mod ndjson;
mod xlsx;

use super::{Asked, cell::Value};
use crate::{blocking, query::page::Place, state::App, store::StoreError};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures_util::{Stream, stream};
use std::{fs::File, io::Read as _, sync::Arc};
use xlsx::{Book, BookError};

use crate::console::refused::Refusal;

/// Bytes of a workbook that are sent at once.
const CHUNK_BYTES: usize = 64 << 10;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "lowercase")]
pub(super) enum Format {
    /// A workbook, as spreadsheets open it.
    Xlsx,
    /// CSV.
    Csv,
    /// An object a line.
    Ndjson,
}

/// Rows of a list as a handler gives them to the file.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// What the file is called, without its ending.
    pub(super) name: &'static str,
    /// The titles of its columns.
    pub(super) titles: Vec<Title>,
    /// The rows.
    pub(super) rows: Vec<Vec<Value>>,
    /// The place of the last row, if others follow.
    pub(super) next: Option<Place>,
}

/// The title of a column.
#[derive(Clone, Debug)]
pub(super) struct Title {
    /// In the reader's language.
    pub(super) word: String,
    /// In a file for programs; it does not change with the language.
    pub(super) key: String,
}

/// The way to the other parts: the same request again, from another place on.
#[derive(Clone)]
struct Source {
    next: Next,
    asked: Arc<(Uri, axum::http::HeaderMap, axum::http::Extensions)>,
}

/// Answers an address that asks for a file with the file. Every other request goes on.
pub(in crate::console) async fn answer(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = Asked::of(request.uri());
    let Some(format) = asked.format().filter(|_| request.method() == Method::GET) else {
        return next.run(request).await;
    };
    let machine = asked.get("for") == "machine";
    let (parts, _) = request.into_parts();
    let source = Source { next, asked: Arc::new((parts.uri, parts.headers, parts.extensions)) };
    let mut first = source.ask(None).await;
    // A refusal, or an address that is no list.
    let Some(part) = first.extensions_mut().remove::<Part>() else { return first };
    let name = part.name;
    let (ending, media, body) = match format {
        Format::Xlsx => match workbook(&app, source, part).await {
            Ok(body) => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body),
            Err(refused) => return refused.into_response(),
        },
        Format::Csv => {
            let reader = if machine { csv::Reader::Machine } else { csv::Reader::Person };
            let head = csv::titles(reader, part.titles.iter().map(|title| title.word.as_str()));
            let text = move |part: &Part| csv::rows(reader, &part.rows);
            ("csv", "text/csv; charset=utf-8", Body::from_stream(texts(source, head, part, text)))
        }
        Format::Ndjson => {
            let keys: Vec<String> = part.titles.iter().map(|title| title.key.clone()).collect();
            let text = move |part: &Part| ndjson::rows(&keys, &part.rows);
            ("ndjson", "application/x-ndjson", Body::from_stream(texts(source, String::new(), part, text)))
        }
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match HeaderValue::try_from(format!("attachment; filename=\"{name}.{ending}\"")) {
        Ok(disposition) => headers.insert(header::CONTENT_DISPOSITION, disposition),
        Err(_) => return Refusal::Page.into_response(),
    };
    response
}

impl Source {
    /// Asks the list for what stands behind a place.
    async fn ask(&self, place: Option<&Place>) -> Response {
        let (uri, headers, extensions) = &*self.asked;
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = from(uri, place);
        headers.clone_into(request.headers_mut());
        *request.extensions_mut() = extensions.clone();
        self.next.clone().run(request).await
    }

    /// The next part. A session that ended meanwhile, or a database that is gone, cuts the file off, and the browser says
    /// so.
    async fn part(&self, place: &Place) -> Result<Part, std::io::Error> {
        let mut answer = self.ask(Some(place)).await;
        let status = answer.status();
        answer.extensions_mut().remove().ok_or_else(|| std::io::Error::other(format!("a list answered {status}")))
    }
}

/// The address of a list from a place on; its own place is left out.
fn from(uri: &Uri, place: Option<&Place>) -> Uri {
    let is_place = |pair: &&str| ["after=", "at="].iter().any(|name| pair.starts_with(name));
    let query = uri.query().unwrap_or_default().split('&').filter(|pair| !is_place(pair)).collect::<Vec<_>>().join("&");
    let address = format!("{}?{query}", uri.path());
    let place = place.map(|place| [("after", place.key.as_str()), ("at", place.id.as_str())]);
    let address = Asked::address(&address, place.into_iter().flatten());
    Uri::try_from(address).unwrap_or_else(|_| uri.clone())
}

/// Where a stream of text stands.
enum At {
    Part(Part),
    Place(Place),
    End,
}

/// The file as text, a part at a time, while the browser takes it.
fn texts(
    source: Source,
    head: String,
    first: Part,
    text: impl Fn(&Part) -> String + Clone + Send + 'static,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static {
    stream::try_unfold((Some(head), At::Part(first)), move |(head, at)| {
        let (source, text) = (source.clone(), text.clone());
        async move {
            let part = match at {
                At::Part(part) => part,
                At::Place(place) => source.part(&place).await?,
                At::End => return Ok(None),
            };
            let written = head.unwrap_or_default() + &text(&part);
            let at = part.next.map_or(At::End, At::Place);
            Ok(Some((Bytes::from(written), (None, at))))
        }
    })
}

/// The file as a workbook, which has its end before its beginning can be sent.
async fn workbook(app: &App, source: Source, first: Part) -> Result<Body, Refusal> {
    let lost = |error: String| Refusal::Store(StoreError::Lost(error));
    let folder = Arc::new(app.config.data.clone());
    let titles = first.titles.iter().map(|title| title.word.clone()).collect();
    let mut part = first;
    let begin = Arc::clone(&folder);
    let mut book = working(move || Book::new(&begin, titles)).await?;
    loop {
        let next = part.next.take();
        book = working(move || book.add(&part.rows).map(|()| book)).await?;
        part = match next {
            Some(place) => source.part(&place).await.map_err(|error| lost(error.to_string()))?,
            None => break,
        };
    }
    let file = working(move || book.file(&folder)).await?;
    Ok(Body::from_stream(stream::try_unfold(file, chunk)))
}

/// Work on the workbook, which waits for the disk.
async fn working<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BookError> + Send + 'static,
) -> Result<T, Refusal> {
    let done = blocking::run(work).await.map_err(|error| error.to_string());
    done.and_then(|done| done.map_err(|error| error.to_string()))
        .map_err(|error| Refusal::Store(StoreError::Lost(error)))
}

/// The next bytes of a file.
async fn chunk(mut file: File) -> Result<Option<(Bytes, File)>, std::io::Error> {
    let read = move || {
        let mut bytes = vec![0; CHUNK_BYTES];
        let length = file.read(&mut bytes)?;
        bytes.truncate(length);
        Ok((length > 0).then(|| (Bytes::from(bytes), file)))
    };
    blocking::run(read).await.map_err(std::io::Error::other)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_begins_at_its_place_and_the_first_one_at_the_beginning() {
        let uri: Uri = "/tasks?q=%E4%B8%BB&at=x&after=y&as=csv".parse().unwrap();
        assert_eq!(from(&uri, None).to_string(), "/tasks?q=%E4%B8%BB&as=csv");
        let place = Place { key: "主 a".into(), id: "7".into() };
        assert_eq!(from(&uri, Some(&place)).to_string(), "/tasks?q=%E4%B8%BB&as=csv&after=%E4%B8%BB%20a&at=7");
    }
}
