//! Word text with tracked changes accepted and comments taken out.

use super::dom::{Element, Node};

/// Settles all in a part.
pub(crate) fn settle(mut document: Element) -> Element {
    document.children = settled(std::mem::take(&mut document.children));
    document
}

fn settled(nodes: Vec<Node>) -> Vec<Node> {
    let mut settler = Settler::default();
    nodes.into_iter().for_each(|node| settler.take(node));
    settler.finish()
}

/// The settled contents of one element.
#[derive(Default)]
struct Settler {
    done: Vec<Node>,
    /// What stood in a paragraph whose end was deleted: the next one begins with it.
    carried: Vec<Node>,
    /// The last paragraph whose end was deleted, without what stood in it.
    shell: Option<Element>,
}

impl Settler {
    fn take(&mut self, node: Node) {
        let Node::Element(mut element) = node else { return self.done.push(node) };
        match element.name() {
            "del" | "moveFrom" => {}
            "ins" | "moveTo" => element.children.into_iter().for_each(|child| self.take(child)),
            name if is_trace(name) => {}
            "tr" if is_deleted(&element, "trPr") => {}
            "tc" if element.child("tcPr").is_some_and(|each| each.child("cellDel").is_some()) => {}
            "p" => self.paragraph(element),
            name => {
                let (is_block, is_cell) = (matches!(name, "tbl" | "sdt"), name == "tc");
                if is_block {
                    self.flush();
                }
                element.children = settled(element.children);
                // A cell without a paragraph is no cell to Word.
                if is_cell && element.child("p").is_none() && element.child("tbl").is_none() {
                    let paragraph = element.sibling("p", Vec::new());
                    element.children.push(Node::Element(paragraph));
                }
                self.done.push(Node::Element(element));
            }
        }
    }

    fn paragraph(&mut self, mut paragraph: Element) {
        let is_end_deleted =
            paragraph.child("pPr").is_some_and(|properties| is_deleted(properties, "rPr"));
        let children = settled(std::mem::take(&mut paragraph.children));
        let is_properties =
            |node: &Node| matches!(node, Node::Element(each) if each.name() == "pPr");
        let (properties, content): (Vec<_>, Vec<_>) = children.into_iter().partition(is_properties);
        if is_end_deleted {
            self.carried.extend(content);
            self.shell = Some(paragraph);
            return;
        }
        paragraph.children = properties;
        paragraph.children.append(&mut self.carried);
        paragraph.children.extend(content);
        self.done.push(Node::Element(paragraph));
    }

    /// Ends what no paragraph takes over.
    fn flush(&mut self) {
        let Some(mut paragraph) = self.shell.take() else { return };
        paragraph.children = std::mem::take(&mut self.carried);
        if !paragraph.children.is_empty() {
            self.done.push(Node::Element(paragraph));
        }
    }

    fn finish(mut self) -> Vec<Node> {
        self.flush();
        self.done
    }
}

/// Whether the properties of a row or of a paragraph's end say that it was deleted.
fn is_deleted(element: &Element, properties: &str) -> bool {
    element.child(properties).is_some_and(|properties| {
        properties.elements().any(|each| matches!(each.name(), "del" | "moveFrom"))
    })
}

/// What revisions and comments leave beside the text.
fn is_trace(name: &str) -> bool {
    let is_range = name.ends_with("RangeStart") || name.ends_with("RangeEnd");
    let starts = ["comment", "moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMove"];
    (is_range && starts.iter().any(|start| name.starts_with(start)))
        || name.ends_with("Change")
        || matches!(
            name,
            "commentReference" | "annotationRef" | "cellIns" | "cellMerge" | "trackRevisions"
        )
}
