//! The story, act by act.

use super::{
    acts::{
        cellar::cellar, closing::close, dispatch::dispatch, follow::follow, hand_over::hand_over, link::link,
        lost::lost, office::office, outside::outside, oversight::oversight, owner::owner, ranges::ranges,
        report::report, review::review, sign_in::sign_in,
    },
    fail::StoryError,
    inputs::Inputs,
    report::Report,
    teller::Teller,
    text::Text,
};
use std::{path::Path, time::Instant};

/// Plays the whole story in `data`, stops everything, and audits it.
///
/// # Errors
/// Something failed that is not part of the story.
pub async fn play(inputs: Inputs, data: &Path, teller: &Teller) -> Result<Report, StoryError> {
    let began = Instant::now();
    teller.chapter(Text::DemoChapterOffice);
    let mut stage = office(inputs, data, teller).await?;
    teller.chapter(Text::DemoChapterSignIn);
    let mut cast = sign_in(&mut stage).await?;
    teller.chapter(Text::DemoChapterCellar);
    let walked = cellar(&mut stage, &cast)?;
    teller.chapter(Text::DemoChapterLink);
    link(&stage, &cast).await?;
    teller.chapter(Text::DemoChapterReview);
    let mut views = review(&mut stage, &cast, &walked).await?;
    teller.chapter(Text::DemoChapterDispatch);
    let tasks: Vec<_> = views.keys().copied().collect();
    dispatch(&mut stage, &cast, &tasks).await?;
    teller.chapter(Text::DemoChapterOutside);
    outside(&mut stage, &cast).await?;
    teller.chapter(Text::DemoChapterRanges);
    let (detectors, view) = ranges(&mut stage, &cast).await?;
    views.insert(detectors, view);
    teller.chapter(Text::DemoChapterLost);
    lost(&mut stage, &mut cast).await?;
    teller.chapter(Text::DemoChapterHandOver);
    hand_over(&mut stage, &cast).await?;
    teller.chapter(Text::DemoChapterReport);
    let made = report(&mut stage).await?;
    teller.chapter(Text::DemoChapterOwner);
    owner(&mut stage, made).await?;
    teller.chapter(Text::DemoChapterOversight);
    oversight(&mut stage).await?;
    teller.chapter(Text::DemoChapterFollow);
    follow(&mut stage, &cast, detectors, made).await?;
    teller.chapter(Text::DemoChapterAudit);
    close(stage, cast, &walked, &views, began).await
}
