//! The files of decisions, handlings and dispatches.

use crate::{text::Text as T, view::Reader};
use firebee_domain::id::ContentId;
use firebee_protocol::{fact::Mime, text::Arg};
use std::collections::HashMap;

/// A file that belongs to a line of the log.
pub struct Attached {
    /// The file.
    pub id: ContentId,
    /// What it is called.
    pub word: String,
    /// Whether it is on the server.
    pub here: bool,
    /// Whether a browser shows it inside a page.
    pub picture: bool,
    /// What makes it doubtful, where it shows work that was done.
    pub notes: Vec<String>,
}

/// What files are made with.
#[derive(Clone, Copy)]
pub(crate) struct Files<'a> {
    pub(crate) reader: Reader<'a>,
    /// Those that are on the server, and what they are.
    pub(crate) media: &'a HashMap<ContentId, Mime>,
}

impl Files<'_> {
    /// The files of one line, in its order.
    pub(in crate::view) fn of(&self, files: &[ContentId]) -> Vec<Attached> {
        let of = |(number, id): (u32, &ContentId)| {
            let media = self.media.get(id).copied().filter(|media| media.is_attachable());
            let number = ("number", Arg::from(number));
            let word = match media {
                None => self.reader.say(T::TaskAttachmentComing, &[number]),
                Some(media) => {
                    let what = <&str>::from(media).to_uppercase();
                    self.reader.say(T::TaskAttachment, &[number, ("what", Arg::from(what))])
                }
            };
            let picture = matches!(media, Some(Mime::Jpeg | Mime::Png | Mime::Webp));
            Attached { id: *id, word, here: media.is_some(), picture, notes: Vec::new() }
        };
        (1..).zip(files).map(of).collect()
    }
}
