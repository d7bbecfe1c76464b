//! Which fonts hold which office: the table of `data/papers/fonts.toml`; no font file is read here.

use crate::paper::Face;
use serde::Deserialize;
use std::sync::LazyLock;

/// The table as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Faces {
    /// Where fonts are looked for besides the folders of the installation.
    pub folders: Vec<String>,
    /// Debian's package with the open faces.
    pub package: String,
    face: Vec<Entry>,
}

/// A typeface: its names and who may stand in for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    face: Face,
    /// What people call it.
    pub name: String,
    office: String,
    /// Families in the order they are preferred.
    pub families: Vec<Family>,
}

/// A family, and the weight needed of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Family {
    /// Name of the family, in any language that the font gives it.
    pub family: String,
    /// Name of the weight, where the family has several.
    pub style: Option<String>,
}

static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let text = include_str!("../../../data/papers/fonts.toml");
    toml::from_str(text).expect("data/papers/fonts.toml is tested")
});

pub(crate) fn table() -> &'static Faces {
    &FACES
}

impl Faces {
    /// The entry of a face.
    pub fn of(&self, face: Face) -> &Entry {
        let found = self.face.iter().find(|each| each.face == face);
        found.expect("a test sees that every face has an entry")
    }
}

/// The commercial name of a face, as office programs know it.
pub fn office_name(face: Face) -> &'static str {
    &table().of(face).office
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_has_one_entry_with_a_family() {
        let all = [Face::Display, Face::Text, Face::Hand, Face::Sans, Face::Serif];
        for face in all {
            let entries = table().face.iter().filter(|each| each.face == face);
            assert_eq!(entries.count(), 1, "{face:?}");
            assert!(!table().of(face).families.is_empty(), "{face:?}");
            assert!(!office_name(face).is_empty());
        }
    }
}
