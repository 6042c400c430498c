//! Why the story broke off.

/// A step of the story failed. The reason is for who looks after the program, not for a character of the story.
#[derive(Debug, thiserror::Error)]
#[error("{step}: {reason}")]
pub struct StoryError {
    /// What was being done.
    pub step: &'static str,
    /// What came in the way.
    pub reason: String,
}

impl StoryError {
    /// A failure of `step`.
    pub fn new(step: &'static str, reason: impl Into<String>) -> Self {
        Self { step, reason: reason.into() }
    }

    /// Turns any error into a failure of `step`.
    pub fn at<E: std::error::Error>(step: &'static str) -> impl Fn(E) -> Self {
        move |error| Self::new(step, told(&error))
    }
}

/// The error with what it came from.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
