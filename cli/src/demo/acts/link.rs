//! The link is back, and it is a bad one.

use crate::{
    demo::{
        fail::StoryError,
        stage::{Cast, Stage},
        text::Text,
    },
    proxy::Link,
};

/// Everything arrives, whatever the link does.
///
/// # Errors
/// Something does not arrive.
pub async fn link(stage: &Stage<'_>, cast: &Cast) -> Result<(), StoryError> {
    let (facts, blobs) = cast.unsent()?;
    stage.link.set(Link::Faulty);
    stage.teller.tell(Text::DemoLinkBack, &[]);
    stage.deliver(cast).await?;
    let counts = stage.link.counts();
    stage.teller.tell(
        Text::DemoArrived,
        &[
            ("facts", facts.into()),
            ("blobs", blobs.into()),
            ("lost", counts.lost_replies.into()),
            ("resets", counts.resets_in_blob.into()),
            ("duplicates", counts.duplicates.into()),
        ],
    );
    Ok(())
}
