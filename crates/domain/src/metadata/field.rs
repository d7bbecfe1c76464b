//! The fields of an item's metadata by key, with their labels; not what stands in them.

use crate::catalogue::{CatalogueError, Term, read, unique};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

macro_rules! fields {
    ($($variant:ident $key:literal,)+) => {
        /// A field of the metadata; its label stands in `data/catalogue/metadata.toml`.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "each is named by its key and labelled by the data")]
        pub enum MetadataField { $($variant,)+ }

        impl MetadataField {
            /// Every field, in the order of the metadata box.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable key.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }
        }
    };
}

fields! {
    Title "title",
    IndexNumber "index_number",
    DocumentNumber "document_number",
    Subject "subject",
    Genre "genre",
    FormationDate "formation_date",
    PublicationDate "publication_date",
    EffectiveDate "effective_date",
    RepealDate "repeal_date",
    IssuingOrgans "issuing_organs",
    Validity "validity",
    Disclosure "disclosure",
    LegalItem "legal_item",
    Field "field",
    Keywords "keywords",
    Description "description",
    ServiceObject "service_object",
    Source "source",
}

#[derive(Deserialize)]
struct LabelFile {
    field: Vec<Label>,
}

/// A label and, for those who read the data, how surely the guide has it.
#[derive(Deserialize)]
struct Label {
    key: String,
    title: String,
    #[serde(default)]
    variants: Vec<String>,
}

static LABELS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    labels(include_str!("../../../../data/catalogue/metadata.toml"))
        .expect("data/catalogue/metadata.toml is embedded and tested")
});

fn labels(text: &str) -> Result<Vec<Term>, CatalogueError> {
    let file: LabelFile = read("metadata.toml", text)?;
    let term = |Label { key, title, variants }| Term { key, title, variants };
    unique("metadata.toml", file.field.into_iter().map(term).collect())
}

impl MetadataField {
    /// The label of the metadata box.
    pub fn label(self) -> &'static str {
        let term = LABELS.iter().find(|term| term.key == self.key());
        &term.expect("every field has its label, which is tested").title
    }

    /// The field that a label of a metadata box means, variants included.
    pub fn labelled(words: &str) -> Option<Self> {
        let term = LABELS.iter().find(|term| term.is_called(words))?;
        Self::ALL.iter().copied().find(|field| field.key() == term.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_one_label_and_every_label_its_field() {
        let keys: Vec<&str> = LABELS.iter().map(|term| term.key.as_str()).collect();
        let fields: Vec<&str> = MetadataField::ALL.iter().map(|field| field.key()).collect();
        assert_eq!(keys, fields);
        for field in MetadataField::ALL {
            assert_eq!(MetadataField::labelled(field.label()), Some(*field));
        }
        assert_eq!(MetadataField::labelled("文号 "), Some(MetadataField::DocumentNumber));
        assert_eq!(MetadataField::labelled("页码"), None);
    }
}
