//! The robots of the firm's chat groups: the list, with the forms that make one known and switch it off or on.

mod change;
mod list;
mod make;

use super::{pages::Page, posted::up};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/robots", get(list::list).post(make::make))
            .route("/robots/{robot}/change/{change}", get(up::<3>).post(change::change))
    },
    entry: None,
    done: &[
        ("make_robot", T::RobotDoneMade),
        ("change_robot.off", T::RobotDoneOff),
        ("change_robot.on", T::RobotDoneOn),
    ],
};
