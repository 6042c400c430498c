//! What the next photo shows.

use firebee_client::screen::{Act, CameraScreen, Instance, Purpose, Step};
use firebee_domain::evidence::PhotoRole;

/// What a photo is for.
#[uniffi::remote(Record)]
pub struct Purpose {
    /// Its role.
    pub role: PhotoRole,
    /// The instance that it shows, for evidence of a result.
    pub instance: Option<Instance>,
}

/// The camera.
#[uniffi::remote(Record)]
pub struct CameraScreen {
    /// What the photo is for.
    pub purpose_text: String,
    /// What is shown over the picture, line by line; never burnt into the original.
    pub overlay: Vec<String>,
    /// The photo that is missing next, beside this one.
    pub next: Option<Step>,
    /// Taking it.
    pub take: Act,
}
