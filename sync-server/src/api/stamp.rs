//! The server's time, signed for the store that asks (protocol, "Trusted time").

use crate::state::App;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue},
    middleware::Next,
    response::Response,
};
use firebee_domain::id::StoreId;
use firebee_protocol::{
    push::STAMP_HEADER,
    stamp::{sign_stamp, write_stamp},
};

/// Signs the time of a good answer for the store that the request names. Anybody may ask: a stamp is of use only in the
/// chain of that store.
pub async fn stamp(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = store_of(request.headers());
    let mut response = next.run(request).await;
    if let Some(store) = asked.filter(|_| response.status().is_success()) {
        let now = app.clock.now();
        // Without a key the answer goes out as it is; why there is none stands in the log.
        let Some(keys) = app.keys_of_store(store).await else { return response };
        let signature = sign_stamp(&keys.signing, keys.incarnation, store, now);
        if let Ok(value) = HeaderValue::from_str(&write_stamp(now, &signature)) {
            response.headers_mut().insert(STAMP_HEADER, value);
        }
    }
    response
}

fn store_of(headers: &HeaderMap) -> Option<StoreId> {
    headers.get(STAMP_HEADER)?.to_str().ok()?.parse().ok()
}
