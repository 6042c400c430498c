//! A project and its map.

use firebee_client::screen::{
    Chip, Count, FacilityRow, FenceView, IssuedRow, LatLon, MapView, OutsidePlan, ProjectScreen, SystemRow, Tone,
    TrackPiece,
};
use firebee_domain::geofence::Datum;
use firebee_domain::id::ProjectId;

/// A project.
#[uniffi::remote(Record)]
pub struct ProjectScreen {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// City and address.
    pub address: String,
    /// The owner's name.
    pub owner: String,
    /// The lead's name.
    pub lead: String,
    /// From when to when it is served.
    pub period: String,
    /// Where it stands.
    pub state: Chip,
    /// The systems of which something is issued to this account, in the order of the catalogue.
    pub systems: Vec<SystemRow>,
    /// What may be started outside the plan.
    pub outside_plan: OutsidePlan,
    /// Its map; `None` while its place is not marked.
    pub map: Option<MapView>,
}

/// A fire protection system.
#[uniffi::remote(Record)]
pub struct SystemRow {
    /// The catalogue's code of it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Items that are submitted, of those issued.
    pub done: Count,
    /// Its facilities.
    pub facilities: Vec<FacilityRow>,
}

/// A facility.
#[uniffi::remote(Record)]
pub struct FacilityRow {
    /// The catalogue's code of it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What a search looks in, in lower case: the names in both languages and the other ways of writing.
    pub searched: String,
    /// Items that are submitted, of those issued.
    pub done: Count,
    /// Its items, where the project has at most 400 of them; else they are read page by page.
    pub items: Vec<IssuedRow>,
}

/// The map of a project.
#[uniffi::remote(Record)]
pub struct MapView {
    /// The datum of every place in it.
    pub datum: Datum,
    /// The ring of the fence, closed.
    pub fence: Vec<LatLon>,
    /// Its centre.
    pub centre: LatLon,
    /// Its radius, in words.
    pub radius_text: String,
    /// The fences of further buildings.
    pub further: Vec<FenceView>,
    /// The running track, where it belongs to this project.
    pub track: Vec<TrackPiece>,
}

/// The fence of a further building.
#[uniffi::remote(Record)]
pub struct FenceView {
    /// What it is called.
    pub name: String,
    /// Its ring, closed.
    pub ring: Vec<LatLon>,
    /// Its centre.
    pub centre: LatLon,
    /// Its radius, in words.
    pub radius_text: String,
}

/// A place in degrees, in the datum of its map.
#[uniffi::remote(Record)]
pub struct LatLon {
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
}

/// A piece of a track of one colour.
#[uniffi::remote(Record)]
pub struct TrackPiece {
    /// Its points, in order.
    pub points: Vec<LatLon>,
    /// Green inside, red outside, grey where it does not count.
    pub tone: Tone,
}
