//! States, counts and times as every screen shows them.

use firebee_client::screen::{Chip, Count, Left, Shape, Tone, When};
use firebee_domain::time::Timestamp;

/// A state, said three times.
#[uniffi::remote(Record)]
pub struct Chip {
    /// Its colour.
    pub tone: Tone,
    /// Its sign.
    pub shape: Shape,
    /// Its word, in the reader's language.
    pub word: String,
}

/// The colour of a state, by what it says.
#[uniffi::remote(Enum)]
pub enum Tone {
    /// In order: green.
    Conform,
    /// Not in order: red.
    Nonconform,
    /// Neither: grey.
    Untestable,
    /// Somebody has to act: amber.
    Waiting,
    /// Too late, or not to be relied on: violet.
    Late,
}

/// The sign beside the word; each surface draws its own icon for it.
#[uniffi::remote(Enum)]
#[uniffi(name = "ChipShape")]
pub enum Shape {
    /// A tick.
    Check,
    /// A cross.
    Cross,
    /// A dash.
    Dash,
    /// A clock.
    Clock,
    /// A pencil.
    Pencil,
    /// An arrow that turns back.
    Back,
    /// A bin.
    Bin,
    /// A speech bubble.
    Speech,
    /// An empty circle.
    Circle,
    /// A circle that is half done.
    Half,
    /// A barred circle.
    Barred,
    /// A warning triangle.
    Warn,
}

/// How many of how many.
#[uniffi::remote(Record)]
pub struct Count {
    /// How many are done.
    pub done: i32,
    /// Of how many.
    pub total: i32,
    /// Both in words.
    pub text: String,
}

/// An instant, as people say it and exactly.
#[uniffi::remote(Record)]
pub struct When {
    /// Seen from now: "today 14:02".
    pub text: String,
    /// Day and second in UTC+8.
    pub exact: String,
    /// The instant.
    pub at: Timestamp,
    /// Of the time of a fact: what is proved of it, what the phone's clocks state, and what its wall clock showed.
    pub sure: Option<String>,
}

/// How much of a period is left.
#[uniffi::remote(Record)]
pub struct Left {
    /// "3 days left".
    pub text: String,
    /// Whether it presses.
    pub tone: Tone,
    /// Days after today until the last day; negative when that is over.
    pub days: i32,
}
