//! The fonts of a machine: found once by name, read when first needed, and kept. It draws nothing.

use crate::faces;
use crate::names;
use crate::paint::Problem;
use crate::paper::Face;
use krilla::Data;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

/// Folders below a font folder are looked into down to this depth; Debian needs three.
const DEPTH: usize = 5;

/// A face that another stands in for, to be told to whoever runs the machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Substitution {
    /// What people call the face.
    pub face: String,
    /// The family that is used.
    pub family: String,
    /// The commercial name that was looked for first.
    pub wanted: String,
}

/// A font that has been read.
pub(crate) struct Loaded {
    pub font: krilla::text::Font,
    bytes: Arc<Vec<u8>>,
    index: u32,
    units_per_em: f32,
}

/// A font file that answers to a family.
struct Found {
    family: String,
    first_choice: bool,
    path: PathBuf,
    index: u32,
}

/// The fonts of a machine. Make one and keep it: what has been read stays in memory.
pub struct Fonts {
    found: BTreeMap<Face, Found>,
    loaded: Mutex<BTreeMap<(PathBuf, u32), Arc<Loaded>>>,
}

/// Where a letter stands in a font.
#[derive(Clone, Copy)]
pub(crate) struct Letter {
    pub glyph: u32,
    /// Width in em.
    pub advance: f32,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Fonts").field("found", &self.found.len()).finish_non_exhaustive()
    }
}

impl Fonts {
    /// Looks through these folders and through those where Debian keeps fonts. Reads names only.
    pub fn find(folders: &[PathBuf]) -> Fonts {
        let usual = faces::table().folders.iter().map(PathBuf::from);
        let mut files = Vec::new();
        for folder in folders.iter().cloned().chain(usual) {
            collect(&folder, DEPTH, &mut files);
        }
        Fonts::among(&files)
    }

    /// The fonts of this machine, looked for once in the life of the program.
    pub fn installed() -> &'static Fonts {
        static INSTALLED: LazyLock<Fonts> = LazyLock::new(|| Fonts::find(&[]));
        &INSTALLED
    }

    /// Looks into these folders only.
    pub fn find_only_in(folders: &[PathBuf]) -> Fonts {
        let mut files = Vec::new();
        folders.iter().for_each(|folder| collect(folder, DEPTH, &mut files));
        Fonts::among(&files)
    }

    fn among(files: &[PathBuf]) -> Fonts {
        let named: Vec<_> = files
            .iter()
            .flat_map(|path| names::read(path).into_iter().map(move |each| (path, each)))
            .collect();
        let all = [Face::Display, Face::Text, Face::Hand, Face::Sans, Face::Serif];
        let first = |face: Face| {
            let families = faces::table().of(face).families.iter().enumerate();
            families.into_iter().find_map(|(rank, wanted)| {
                let style = wanted.style.as_deref();
                let (path, face) = named.iter().find(|(_, each)| each.is(&wanted.family, style))?;
                Some(Found {
                    family: wanted.family.clone(),
                    first_choice: rank == 0,
                    path: path.to_path_buf(),
                    index: face.index,
                })
            })
        };
        let found = all.into_iter().filter_map(|face| Some((face, first(face)?))).collect();
        Fonts { found, loaded: Mutex::default() }
    }

    /// The faces for which the commercial font was not found, and what stands in for it.
    pub fn substitutions(&self) -> Vec<Substitution> {
        let others = self.found.iter().filter(|(_, found)| !found.first_choice);
        let told = |(face, found): (&Face, &Found)| Substitution {
            face: faces::table().of(*face).name.clone(),
            family: found.family.clone(),
            wanted: faces::office_name(*face).to_owned(),
        };
        others.map(told).collect()
    }

    /// The font of a face, read if it has not been.
    ///
    /// # Errors
    /// [`Problem::NoFont`] where no family of the face was found, [`Problem::BrokenFont`] where the
    /// file cannot be read or is no font.
    pub(crate) fn of(&self, face: Face) -> Result<Arc<Loaded>, Problem> {
        let entry = faces::table().of(face);
        let no_font = || Problem::NoFont {
            face: entry.name.clone(),
            package: faces::table().package.clone(),
        };
        let found = self.found.get(&face).ok_or_else(no_font)?;
        let key = (found.path.clone(), found.index);
        let mut loaded = self.loaded.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(font) = loaded.get(&key) {
            return Ok(Arc::clone(font));
        }
        let same_file = loaded.iter().find(|((path, _), _)| *path == found.path);
        let bytes = same_file.map(|(_, other)| Arc::clone(&other.bytes));
        let font = Loaded::read(&found.path, found.index, bytes)
            .ok_or_else(|| Problem::BrokenFont { path: found.path.clone() })?;
        let font = Arc::new(font);
        loaded.insert(key, Arc::clone(&font));
        Ok(font)
    }
}

impl Loaded {
    fn read(path: &Path, index: u32, bytes: Option<Arc<Vec<u8>>>) -> Option<Loaded> {
        let bytes = match bytes {
            Some(bytes) => bytes,
            None => Arc::new(std::fs::read(path).ok()?),
        };
        let font = krilla::text::Font::new(Data::from(Arc::clone(&bytes)), index)?;
        let units_per_em = font.units_per_em();
        Some(Loaded { font, bytes, index, units_per_em })
    }

    /// The letters of a text, `None` for one that the font does not have.
    pub fn letters(&self, text: &str) -> Vec<Option<Letter>> {
        let Ok(font) = FontRef::from_index(&self.bytes, self.index) else {
            return text.chars().map(|_| None).collect();
        };
        let map = font.charmap();
        let widths = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let letter = |each: char| {
            let glyph = map.map(each).filter(|glyph| glyph.to_u32() != 0)?;
            let advance = widths.advance_width(glyph)? / self.units_per_em;
            Some(Letter { glyph: glyph.to_u32(), advance })
        };
        text.chars().map(letter).collect()
    }
}

/// The font files below a folder, in the order of their names.
fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && 0 < depth {
            collect(&path, depth - 1, files);
        } else if is_font(&path) {
            files.push(path);
        }
    }
}

fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|each| each.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc", "otc"].iter().any(|each| each.eq_ignore_ascii_case(extension))
}
