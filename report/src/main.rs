//! The process that a server runs for a report. The docs of the library say what it takes and answers.

use clap::{Args, Parser, Subcommand, ValueEnum};
use firebee_report::{
    Answer, Failure, FailureCode, Fonts, Job, Mark, Rendered, input,
    picture::{Size, for_print},
    render, render_agreement, render_notice, render_table, upload,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::Serialize;
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What a small picture takes at most.
const SMALL_BYTES_MAX: usize = 60_000;
/// What a report may take, which is twice what two hundred photos do.
const MEMORY_BYTES_MAX: u64 = 1_500_000_000;

/// Renders the snapshot of a report as a PDF.
#[derive(Parser)]
#[command(name = "firebee-report", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Render a folder with a snapshot and its pictures
    Render {
        #[command(flatten)]
        paper: Paper,
        /// A sign across each page
        #[arg(long)]
        mark: Option<MarkArgument>,
    },
    /// Render a folder with a table
    Table(Paper),
    /// Render a folder with the notice of a building
    Notice(Paper),
    /// Render a folder with the text of a contract
    Agreement(Paper),
    /// Print how many pages a PDF has that is to be bound into a report
    Look {
        /// The file
        #[arg(long)]
        at: PathBuf,
        /// More pages than this are not bound
        #[arg(long)]
        pages_max: usize,
    },
    /// Write a picture again as a small JPEG without metadata
    Shrink {
        /// The file
        #[arg(long)]
        at: PathBuf,
        /// The file to write
        #[arg(long)]
        to: PathBuf,
        /// The most pixels of its longer side
        #[arg(long)]
        side_max: u32,
    },
    /// Print which characters can be printed
    Coverage {
        /// A folder with fonts, asked first
        #[arg(long, env = "FIREBEE_FONTS")]
        fonts: Option<PathBuf>,
    },
}

/// What is printed, and where to.
#[derive(Args)]
struct Paper {
    /// The folder
    #[arg(long)]
    from: PathBuf,
    /// The file to write
    #[arg(long)]
    to: PathBuf,
    /// A folder with fonts, asked first
    #[arg(long, env = "FIREBEE_FONTS")]
    fonts: Option<PathBuf>,
}

impl Paper {
    /// Renders what `read` finds in the folder, and writes the file.
    fn print<D>(
        &self,
        read: impl FnOnce(&Path) -> Result<D, Failure>,
        render: impl FnOnce(&D, &Fonts) -> Result<Rendered, Failure>,
    ) -> Result<Answer, Failure> {
        let fonts = Fonts::find(self.fonts.as_deref())?;
        kept(render(&read(&self.from)?, &fonts)?, &self.to)
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum MarkArgument {
    Draft,
    Training,
    Void,
}

impl From<MarkArgument> for Mark {
    fn from(argument: MarkArgument) -> Self {
        match argument {
            MarkArgument::Draft => Self::Draft,
            MarkArgument::Training => Self::Training,
            MarkArgument::Void => Self::Void,
        }
    }
}

fn main() -> ExitCode {
    let limit = Rlimit { current: Some(MEMORY_BYTES_MAX), maximum: Some(MEMORY_BYTES_MAX) };
    // Where the system refuses the limit, the server's own still holds.
    let _ = setrlimit(Resource::Data, limit);
    match Arguments::parse().command {
        Command::Render { paper, mark } => say(paper.print(|from| Job::read(from, mark.map(Mark::from)), render)),
        Command::Table(paper) => say(paper.print(input::table, render_table)),
        Command::Notice(paper) => say(paper.print(input::notice, render_notice)),
        Command::Agreement(paper) => say(paper.print(input::agreement, render_agreement)),
        Command::Look { at, pages_max } => say(look(&at, pages_max)),
        Command::Shrink { at, to, side_max } => say(shrink(&at, &to, side_max)),
        Command::Coverage { fonts } => say(Fonts::find(fonts.as_deref()).map(|fonts| fonts.printable())),
    }
}

/// Writes the file.
fn kept(rendered: Rendered, to: &Path) -> Result<Answer, Failure> {
    fs::write(to, &rendered.pdf).map_err(|error| {
        let _ = fs::remove_file(to);
        Failure::new(FailureCode::OutputFailed, error.to_string())
    })?;
    Ok(rendered.answer)
}

/// What `look` prints.
#[derive(Serialize)]
struct Looked {
    pages: usize,
}

fn look(at: &Path, pages_max: usize) -> Result<Looked, Failure> {
    let bytes = input::upload(at)?;
    match upload::pages(&bytes) {
        Some(pages) if pages <= pages_max => Ok(Looked { pages }),
        Some(pages) => Err(Failure::new(FailureCode::InputTooLarge, format!("{pages} pages, of {pages_max} allowed"))),
        None => Err(Failure::new(FailureCode::UploadUnreadable, "it is damaged or encrypted")),
    }
}

/// What `shrink` prints.
#[derive(Serialize)]
struct Shrunk {
    bytes: usize,
}

fn shrink(at: &Path, to: &Path, side_px_max: u32) -> Result<Shrunk, Failure> {
    let bytes = input::upload(at)?;
    let size = Size { side_px_max, bytes_max: SMALL_BYTES_MAX };
    let small = for_print(&bytes, size);
    let small = small.ok_or_else(|| Failure::new(FailureCode::PictureForeign, "it cannot be decoded"))?;
    fs::write(to, &small).map_err(|error| Failure::new(FailureCode::OutputFailed, error.to_string()))?;
    Ok(Shrunk { bytes: small.len() })
}

/// One line, and the status that goes with it.
fn say(answer: Result<impl Serialize, Failure>) -> ExitCode {
    let (line, code) = match &answer {
        Ok(answer) => (serde_json::to_string(answer), ExitCode::SUCCESS),
        Err(failure) => (serde_json::to_string(failure), ExitCode::FAILURE),
    };
    match line {
        Ok(line) => {
            println!("{line}");
            code
        }
        Err(_) => ExitCode::FAILURE,
    }
}
