//! XML of one part as opened elements, text and closed elements, within bounds.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::{Deadline, Limits, ReadError, encoding};

/// Events between two looks at the clock.
const EVENTS_A_LOOK: u64 = 4096;

/// What stops the reading of a part.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The XML is not well formed from here on.
    Malformed(String),
    /// A bound, or something that no such part may hold.
    Refused(ReadError),
}

/// What takes the events of a part.
pub(crate) trait Handler {
    /// An element begins; also one without content.
    fn open(&mut self, element: &Element<'_>);
    /// The element that was opened last ends.
    fn close(&mut self) -> Result<(), ReadError>;
    /// Text.
    fn text(&mut self, text: &str);
}

/// The start of an element.
#[derive(Debug)]
pub(crate) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// Its name without prefix; of drawings (`a:`) no name, for they have tables and paragraphs
    /// of their own that are not the document's.
    pub(crate) fn name(&self) -> String {
        let name = self.0.name();
        let name: &str = name.as_ref();
        match name.split_once(':') {
            Some(("a", _)) => String::new(),
            Some((_, local)) => local.to_owned(),
            None => name.to_owned(),
        }
    }

    /// Its name as it stands, prefix and all.
    pub(crate) fn qualified(&self) -> String {
        let name = self.0.name();
        let name: &str = name.as_ref();
        name.to_owned()
    }

    /// The value of an attribute, told by its name without prefix.
    pub(crate) fn attribute(&self, local: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).filter_map(Result::ok).find(|attribute| {
            let name: &str = attribute.key.as_ref();
            name.rsplit(':').next() == Some(local)
        })?;
        let value = found.normalized_value(XmlVersion::Explicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// The attribute `val`.
    pub(crate) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub(crate) fn number(&self) -> Option<usize> {
        self.value()?.trim().parse().ok()
    }

    /// Whether a switch is on: it is there and does not say no.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Hands the events of a part to `handler`.
pub(crate) fn parse(
    part: &[u8],
    limits: &Limits,
    clock: &Deadline,
    handler: &mut impl Handler,
) -> Result<(), Stop> {
    let text = match encoding::wide(part) {
        Some(wide) => wide.decode(part).0,
        None => encoding_rs::UTF_8.decode(part).0,
    };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_u64;
    for n_events in 0_u64.. {
        if n_events % EVENTS_A_LOOK == 0 {
            clock.check().map_err(Stop::Refused)?;
        }
        match reader.read_event().map_err(|error| Stop::Malformed(error.to_string()))? {
            Event::Start(start) => {
                depth += 1;
                limits.check_depth(depth, "XML 元素的层数").map_err(Stop::Refused)?;
                handler.open(&Element(&start));
            }
            Event::End(_) => {
                depth -= 1;
                handler.close().map_err(Stop::Refused)?;
            }
            Event::Text(text) => handler.text(&text.xml10_content()),
            Event::CData(text) => handler.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                handler.text(resolve(&reference).encode_utf8(&mut [0; 4]))
            }
            Event::DocType(_) => return Err(Stop::Refused(doctype())),
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(Stop::Malformed("文件在中途断了".to_owned())),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    Ok(())
}

/// A character that stands as a reference. Only a DOCTYPE could declare others than the five of
/// XML, and that is refused; so an unknown one is damage.
fn resolve(reference: &BytesRef<'_>) -> char {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c;
    }
    match &*reference.xml10_content() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => '\u{FFFD}',
    }
}

/// Entities declared in a DOCTYPE can blow up a file; no office program writes one.
fn doctype() -> ReadError {
    let reason = "XML 里有 DOCTYPE 声明，出于安全不读".to_owned();
    ReadError::Broken { format: "Word ", reason }
}
