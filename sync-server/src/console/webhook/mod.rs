//! The webhooks of the firm: the list with the form that makes one, and one with its messages.

mod change;
mod list;
mod make;
mod resend;
mod show;

use super::{pages::Page, posted::up};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/webhooks", get(list::list).post(make::make))
            .route("/webhooks/{webhook}", get(show::show))
            .route("/webhooks/{webhook}/change/{change}", get(up::<2>).post(change::change))
            .route("/webhooks/{webhook}/messages/{message}/resend", get(up::<3>).post(resend::resend))
    },
    entry: None,
    done: &[
        ("make_webhook", T::WebhookDoneMade),
        ("change_webhook.off", T::WebhookDoneOff),
        ("change_webhook.on", T::WebhookDoneOn),
        ("change_webhook.rotate", T::WebhookDoneRotated),
        ("resend_webhook_message", T::WebhookDoneResent),
    ],
};
