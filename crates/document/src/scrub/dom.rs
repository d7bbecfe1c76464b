//! XML of a part as a small tree that is written again as it stood.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer, XmlVersion};

use crate::{Deadline, Limits, ReadError, encoding};

/// A node.
pub(crate) enum Node {
    Element(Element),
    /// Text, references, declarations.
    Other(Event<'static>),
}

/// An element.
pub(crate) struct Element {
    pub(crate) start: BytesStart<'static>,
    pub(crate) children: Vec<Node>,
}

impl Element {
    /// The name without prefix.
    pub(crate) fn name(&self) -> &str {
        let name: &str = self.start.name().0;
        name.rsplit(':').next().unwrap_or(name)
    }

    /// An element that stands beside this one and has the same prefix.
    pub(crate) fn sibling(&self, local: &str, children: Vec<Node>) -> Self {
        let name: &str = self.start.name().0;
        let name = match name.split_once(':') {
            Some((prefix, _)) => format!("{prefix}:{local}"),
            None => local.to_owned(),
        };
        Self { start: BytesStart::new(name), children }
    }

    /// The value of an attribute, told by its name without prefix.
    pub(crate) fn attribute(&self, local: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let mut found = attributes.with_checks(false).filter_map(Result::ok);
        let found = found.find(|each| {
            let name: &str = each.key.0;
            name.rsplit(':').next() == Some(local)
        })?;
        found.normalized_value(XmlVersion::Explicit1_0).ok().map(|value| value.into_owned())
    }

    /// Takes attributes out, or gives one another value.
    pub(crate) fn set_attribute(&mut self, name: &str, value: Option<&str>) {
        let mut start = BytesStart::new(self.start.name().0.to_owned());
        for attribute in self.start.attributes().with_checks(false).filter_map(Result::ok) {
            if attribute.key.0 != name {
                start.push_attribute(attribute);
            }
        }
        if let Some(value) = value {
            start.push_attribute((name, value));
        }
        self.start = start;
    }

    /// The first child element of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|each| each.name() == name)
    }

    /// Its child elements.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Other(_) => None,
        })
    }

    /// Its child elements, to change.
    pub(crate) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Other(_) => None,
        })
    }

    /// Keeps the child elements that are wanted, and all that is no element.
    pub(crate) fn retain(&mut self, mut is_kept: impl FnMut(&Self) -> bool) {
        self.children.retain(|node| match node {
            Node::Element(element) => is_kept(element),
            Node::Other(_) => true,
        });
    }

    /// The text right in it.
    pub(crate) fn text(&self) -> String {
        let text = self.children.iter().filter_map(|node| match node {
            Node::Other(Event::Text(text)) => Some(text.xml10_content().into_owned()),
            Node::Other(Event::GeneralRef(name)) => Some(format!("&{};", name.xml10_content())),
            _ => None,
        });
        text.collect()
    }
}

/// Reads a part; the root element is a child of what is given back.
pub(crate) fn parse(part: &[u8], limits: &Limits, clock: &Deadline) -> Result<Element, ReadError> {
    let broken = |reason: String| ReadError::Broken { format: "XML ", reason };
    let text = match encoding::wide(part) {
        Some(wide) => wide.decode(part).0,
        None => encoding_rs::UTF_8.decode(part).0,
    };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![empty()];
    for n_nodes in 1_u64.. {
        if n_nodes.is_multiple_of(4096) {
            clock.check()?;
            limits.check_expanded(n_nodes * size_of::<Node>() as u64)?;
        }
        let event = reader.read_event().map_err(|error| broken(error.to_string()))?;
        match event {
            Event::Start(start) => {
                limits.check_depth(open.len() as u64, "XML 元素的层数")?;
                open.push(Element { start: start.into_owned(), children: Vec::new() });
            }
            Event::End(_) => {
                let element = open.pop().expect("the parser matches ends to starts");
                let outer = open.last_mut().ok_or_else(|| broken("多了结束标记".to_owned()))?;
                outer.children.push(Node::Element(element));
            }
            Event::DocType(_) => return Err(broken("有 DOCTYPE 声明，出于安全不读".to_owned())),
            Event::Eof if open.len() == 1 => break,
            Event::Eof => return Err(broken("文件在中途断了".to_owned())),
            Event::Comment(_) => {}
            // What was in another encoding is written as UTF-8.
            Event::Decl(_) if encoding::wide(part).is_some() => {}
            other => {
                let outer = open.last_mut().expect("the document is open");
                outer.children.push(Node::Other(other.into_owned()));
            }
        }
    }
    Ok(open.pop().expect("the document is open"))
}

/// A document without anything in it.
pub(crate) fn empty() -> Element {
    Element { start: BytesStart::new("document"), children: Vec::new() }
}

/// Writes a part again.
pub(crate) fn write(document: &Element) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    write_nodes(&document.children, &mut writer);
    writer.into_inner()
}

fn write_nodes(nodes: &[Node], writer: &mut Writer<Vec<u8>>) {
    const INFALLIBLE: &str = "memory takes every byte";
    for node in nodes {
        match node {
            Node::Other(event) => writer.write_event(event.borrow()).expect(INFALLIBLE),
            Node::Element(element) if element.children.is_empty() => {
                writer.write_event(Event::Empty(element.start.borrow())).expect(INFALLIBLE);
            }
            Node::Element(element) => {
                writer.write_event(Event::Start(element.start.borrow())).expect(INFALLIBLE);
                write_nodes(&element.children, writer);
                writer.write_event(Event::End(element.start.to_end())).expect(INFALLIBLE);
            }
        }
    }
}
