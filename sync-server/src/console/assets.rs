//! Style sheet, script, mark and icon, and the manifest by which a phone puts the console on its home screen. The files are built in and served under names with their hash, so browsers can cache them
//! for ever and never show an old one.

use super::{language, pages::Page, refused::Refusal};
use crate::{state::App, text::Text as T};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::get,
};
use firebee_protocol::text::say;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/assets/{name}", get(serve)).route("/manifest.webmanifest", get(manifest)),
    entry: None,
    done: &[],
};

/// One file.
pub(super) struct Asset {
    stem: &'static str,
    ending: &'static str,
    mime: &'static str,
    bytes: &'static [u8],
    path: LazyLock<String>,
}

impl Asset {
    /// The path: `/assets/console.<first 16 digits of its SHA-256>.css`.
    pub(super) fn path(&self) -> &str {
        &self.path
    }
}

macro_rules! asset {
    ($name:ident, $stem:literal, $ending:literal, $mime:literal) => {
        pub(super) static $name: Asset = Asset {
            stem: $stem,
            ending: $ending,
            mime: $mime,
            bytes: include_bytes!(concat!("../../assets/", $stem, ".", $ending)),
            path: LazyLock::new(|| named($name.stem, $name.ending, $name.bytes)),
        };
    };
}
asset!(CSS, "console", "css", "text/css; charset=utf-8");
asset!(JS, "console", "js", "text/javascript; charset=utf-8");
asset!(MARK, "mark", "svg", "image/svg+xml");
// For home screens that take no drawing: the mark to the edge, 512 by 512.
asset!(ICON, "icon", "png", "image/png");

fn named(stem: &str, ending: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("/assets/{stem}.{hash}.{ending}")
}

/// What a phone needs to put the console on its home screen. There is no service worker: every page needs the server.
async fn manifest(State(app): State<App>, headers: HeaderMap) -> Response {
    let language = language::of(&headers);
    let name = app.config.display_name.clone().unwrap_or_else(|| say(language, T::FrameTitle));
    let icons = json!([
        { "src": MARK.path(), "sizes": "any", "type": MARK.mime },
        { "src": ICON.path(), "sizes": "512x512", "type": ICON.mime, "purpose": "any maskable" },
    ]);
    let manifest = json!({
        "name": name,
        "short_name": name,
        "lang": language.tag(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "icons": icons,
    });
    ([(header::CONTENT_TYPE, "application/manifest+json; charset=utf-8")], manifest.to_string()).into_response()
}

/// Serves an asset by its name. An old name gives 404.
pub(super) async fn serve(Path(name): Path<String>) -> Result<Response, Refusal> {
    let path = format!("/assets/{name}");
    let asset = [&CSS, &JS, &MARK, &ICON].into_iter().find(|asset| *asset.path == path).ok_or(Refusal::NotFound)?;
    let headers = [(header::CONTENT_TYPE, asset.mime), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.bytes).into_response())
}
