//! Bounds a request before its handler runs: its declared length and its time.

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::{pin::Pin, time::Duration};

/// A layer's answer to come.
type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Refuses a body with a declared length above `max` bytes before reading it, and closes the connection. A body without
/// a declared length is bounded where it is read.
pub fn bytes(
    max: u64,
    refusal: fn() -> Response,
) -> impl Fn(Request, Next) -> Answering + Clone + Send + Sync + 'static {
    move |request, next| {
        let said = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        if said.is_none_or(|len: u64| len <= max) {
            return Box::pin(next.run(request));
        }
        Box::pin(async move {
            let mut refused = refusal();
            refused.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            refused
        })
    }
}

/// Answers for a request that takes longer than `max`, the reception of its body included.
pub fn time(
    max: Duration,
    refusal: fn() -> Response,
) -> impl Fn(Request, Next) -> Answering + Clone + Send + Sync + 'static {
    move |request, next| {
        Box::pin(async move {
            let answered = tokio::time::timeout(max, next.run(request)).await;
            answered.unwrap_or_else(|_| refusal())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, http::StatusCode, middleware::from_fn, response::IntoResponse as _, routing::post};
    use tower::ServiceExt as _;

    fn refusal() -> Response {
        StatusCode::IM_A_TEAPOT.into_response()
    }

    #[tokio::test]
    async fn a_request_that_takes_too_long_is_told_to_come_again_later() {
        let never = post(std::future::pending::<()>).layer(from_fn(time(Duration::from_millis(1), refusal)));
        let answer = Router::new().route("/", never).oneshot(Request::post("/").body(Body::empty()).unwrap()).await;
        assert_eq!(answer.unwrap().status(), StatusCode::IM_A_TEAPOT);
    }

    #[tokio::test]
    async fn a_body_that_says_it_is_too_long_is_refused_unread_and_one_that_fits_is_not() {
        let router = Router::new().route("/", post(async || ())).layer(from_fn(bytes(10, refusal)));
        let ask = async |len: u64| {
            let never = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
            let request = Request::post("/").header(header::CONTENT_LENGTH, len).body(Body::from_stream(never));
            router.clone().oneshot(request.unwrap()).await.unwrap()
        };
        assert_eq!(ask(10).await.status(), 200);
        let refused = ask(11).await;
        assert_eq!(
            (refused.status().as_u16(), &refused.headers()[header::CONNECTION]),
            (418, &HeaderValue::from_static("close"))
        );
    }
}
