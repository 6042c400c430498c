//! Lives of a machine: each has a folder and a disk of its own, laid out from what the one before left.

use crate::tape::{choose, draw};
use firebee_tests::lossy::Disk;
use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

/// How a life ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The process is killed; the system still has what it wrote.
    Killed,
    /// The power goes: nothing is left but what was synced.
    PowerCut,
    /// The power goes, and some of what was not synced is left all the same.
    Torn,
}

impl End {
    /// Draws one.
    pub fn drawn() -> Self {
        match choose("end", &[1, 2, 1]) {
            0 => Self::Killed,
            1 => Self::PowerCut,
            _ => Self::Torn,
        }
    }
}

/// One life of a machine.
pub struct Life {
    /// Its disk.
    pub disk: Disk,
    home: PathBuf,
    number: u32,
    carried: &'static [&'static str],
}

impl Life {
    /// The first life of the machine that has its folders under `home`, on an empty disk. What is `carried` writes past the
    /// model, and is durable by itself.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn first(
        home: &Path,
        carried: &'static [&'static str],
        now: &(impl Fn() -> i64 + Clone + Send + Sync + 'static),
    ) -> io::Result<Arc<Self>> {
        Self::begin(home, 1, carried, now, |_| Ok(()))
    }

    /// The next life, from what the end of this one left and what happened to its folder `meanwhile`. The disk of this one
    /// is off from now on.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn next(
        &self,
        end: End,
        now: &(impl Fn() -> i64 + Clone + Send + Sync + 'static),
        meanwhile: impl FnOnce(&Path),
    ) -> io::Result<Arc<Self>> {
        let killed = end == End::Killed && !self.disk.is_off();
        if !killed {
            self.disk.power_off();
        }
        Self::begin(&self.home, self.number + 1, self.carried, now, |folder| {
            if killed {
                copy(self.disk.root(), folder)?;
                self.disk.power_off();
            } else {
                let torn = end == End::Torn;
                let image = if torn { self.disk.cut_torn(draw("torn", 1_000)) } else { self.disk.cut() };
                image.restore(folder)?;
            }
            meanwhile(folder);
            Ok(())
        })
    }

    fn begin(
        home: &Path,
        number: u32,
        carried: &'static [&'static str],
        now: &(impl Fn() -> i64 + Clone + Send + Sync + 'static),
        lay_out: impl FnOnce(&Path) -> io::Result<()>,
    ) -> io::Result<Arc<Self>> {
        let folder = home.join(number.to_string());
        fs::create_dir_all(&folder)?;
        lay_out(&folder)?;
        keep_secret(&folder.join("keys"))?;
        let disk = Disk::watching(&folder)?;
        disk.set_clock(Arc::new(now.clone()));
        for name in carried {
            disk.carry(Path::new(name));
        }
        Ok(Arc::new(Self { disk, home: home.to_owned(), number, carried }))
    }
}

/// An image of a disk has no modes, and a server takes no key that others may read.
fn keep_secret(keys: &Path) -> io::Result<()> {
    if !keys.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(keys)? {
        fs::set_permissions(entry?.path(), Permissions::from_mode(0o600))?;
    }
    fs::set_permissions(keys, Permissions::from_mode(0o700))
}

/// Copies a folder with everything in it.
///
/// # Errors
/// As the file system says.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
