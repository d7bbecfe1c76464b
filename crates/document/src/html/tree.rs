//! The tree that an HTML parser builds: flat, bounded, with source lines, and holding of each
//! element only what reading needs.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, ns, parse_document};

use super::tag::{self, Element, Tag};
use crate::{Deadline, Limits, ReadError};

/// So much is parsed between two looks at the bounds.
const CHUNK_BYTES: usize = 4 << 10;

/// Number of a node; [`NONE`] stands for no node.
pub(super) type Id = u32;
/// No node.
pub(super) const NONE: Id = u32::MAX;
/// The document node.
pub(super) const ROOT: Id = 0;

/// A node and its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Id,
    pub(super) first_child: Id,
    last_child: Id,
    previous: Id,
    pub(super) next: Id,
    depth: u32,
    /// Line of the source where it begins, from 1.
    pub(super) line: u32,
    pub(super) data: Data,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    /// An element with its name, which the parser asks for.
    Element(QualName, Element),
    /// Text.
    Text(StrTendril),
    /// The document, a comment, the contents of a template.
    Other,
}

/// All nodes, in the order of their making.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    deepest: u32,
    /// Attributes by element, in order of id; empty unless they were asked for.
    attributes: Vec<(Id, Vec<Attribute>)>,
    attribute_bytes: usize,
}

/// Parses text into a tree.
pub(super) fn parse(text: &str, limits: &Limits, clock: &Deadline) -> Result<Tree, ReadError> {
    parse_into(Sink::default(), text, limits, clock)
}

/// Parses text into a tree that keeps the attributes of its elements.
pub(super) fn parse_with_attributes(
    text: &str,
    limits: &Limits,
    clock: &Deadline,
) -> Result<Tree, ReadError> {
    let sink = Sink { keeps_attributes: true, ..Sink::default() };
    parse_into(sink, text, limits, clock)
}

fn parse_into(
    sink: Sink,
    text: &str,
    limits: &Limits,
    clock: &Deadline,
) -> Result<Tree, ReadError> {
    sink.add(Data::Other);
    let mut parser = parse_document(sink, ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK_BYTES));
        parser.process(StrTendril::from_slice(chunk));
        rest = after;
        clock.check()?;
        parser.tokenizer.sink.sink.tree.borrow().check(limits)?;
    }
    let tree = parser.finish();
    tree.check(limits)?;
    Ok(tree)
}

impl Tree {
    fn check(&self, limits: &Limits) -> Result<(), ReadError> {
        limits.check_depth(u64::from(self.deepest), "网页元素的层数")?;
        // Unclosed formatting makes the parser repeat elements; that must not fill the memory.
        let nodes_bytes = self.nodes.len() * size_of::<Node>();
        limits.check_expanded((nodes_bytes + self.attribute_bytes) as u64)
    }

    /// The value of an element's attribute, if attributes were kept and it has one.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let index = self.attributes.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        let found = self.attributes[index].1.iter().find(|each| &*each.name.local == name)?;
        Some(&found.value)
    }

    pub(super) fn node(&self, id: Id) -> &Node {
        &self.nodes[id as usize]
    }

    fn node_mut(&mut self, id: Id) -> &mut Node {
        &mut self.nodes[id as usize]
    }

    /// The tag of an element; of other nodes that of a harmless one.
    pub(super) fn tag(&self, id: Id) -> Tag {
        self.element(id).map_or(Tag::Inline, |element| element.tag)
    }

    /// An element's properties.
    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match &self.node(id).data {
            Data::Element(_, element) => Some(element),
            Data::Text(_) | Data::Other => None,
        }
    }

    /// The node itself and those it stands in, from inside out.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(Some(id), |id| Some(self.node(*id).parent).filter(|id| *id != NONE))
    }

    /// The children of a node.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let first = Some(self.node(id).first_child).filter(|id| *id != NONE);
        std::iter::successors(first, |id| Some(self.node(*id).next).filter(|id| *id != NONE))
    }

    /// Takes a node out of its place.
    fn detach(&mut self, id: Id) {
        let Node { parent, previous, next, .. } = *self.node(id);
        if parent == NONE {
            return;
        }
        match previous {
            NONE => self.node_mut(parent).first_child = next,
            previous => self.node_mut(previous).next = next,
        }
        match next {
            NONE => self.node_mut(parent).last_child = previous,
            next => self.node_mut(next).previous = previous,
        }
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    /// Puts a node that stands nowhere into `parent`, before `next` or at the end.
    fn insert(&mut self, id: Id, parent: Id, next: Id) {
        let previous = match next {
            NONE => std::mem::replace(&mut self.node_mut(parent).last_child, id),
            next => std::mem::replace(&mut self.node_mut(next).previous, id),
        };
        match previous {
            NONE => self.node_mut(parent).first_child = id,
            previous => self.node_mut(previous).next = id,
        }
        let depth = self.node(parent).depth + 1;
        self.deepest = self.deepest.max(depth);
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next, node.depth) = (parent, previous, next, depth);
    }
}

/// Takes what the parser finds.
#[derive(Debug, Default)]
struct Sink {
    tree: RefCell<Tree>,
    line: Cell<u32>,
    keeps_attributes: bool,
}

impl Sink {
    fn add(&self, data: Data) -> Id {
        let nodes = &mut self.tree.borrow_mut().nodes;
        let id = Id::try_from(nodes.len()).expect("memory is bounded far below 2^32 nodes");
        let line = self.line.get().max(1);
        nodes.push(Node {
            parent: NONE,
            first_child: NONE,
            last_child: NONE,
            previous: NONE,
            next: NONE,
            depth: 0,
            line,
            data,
        });
        id
    }

    /// Puts a node or text into `parent`, before `next` or at the end; text joins text.
    fn put(&self, parent: Id, next: Id, child: NodeOrText<Id>) {
        let id = match child {
            NodeOrText::AppendNode(id) => {
                self.tree.borrow_mut().detach(id);
                id
            }
            NodeOrText::AppendText(text) => {
                let mut tree = self.tree.borrow_mut();
                let previous = match next {
                    NONE => tree.node(parent).last_child,
                    next => tree.node(next).previous,
                };
                if previous != NONE
                    && let Data::Text(before) = &mut tree.node_mut(previous).data
                {
                    before.push_tendril(&text);
                    return;
                }
                drop(tree);
                // The parser counts a line end before it hands it over.
                let n_line_ends = text.bytes().filter(|byte| *byte == b'\n').count() as u32;
                let id = self.add(Data::Text(text));
                let mut tree = self.tree.borrow_mut();
                let line = &mut tree.node_mut(id).line;
                *line = line.saturating_sub(n_line_ends).max(1);
                id
            }
        };
        self.tree.borrow_mut().insert(id, parent, next);
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        Ref::map(self.tree.borrow(), |tree| match &tree.node(*target).data {
            Data::Element(name, _) => name,
            Data::Text(_) | Data::Other => unreachable!("the parser asks elements only"),
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        let mut element = tag::element(&name.local, &attributes);
        if name.ns != ns!(html) {
            element.tag = tag::foreign(&name.local);
        }
        let id = self.add(Data::Element(name, element));
        if self.keeps_attributes && !attributes.is_empty() {
            let mut tree = self.tree.borrow_mut();
            let values = attributes.iter().map(|each| each.value.len());
            tree.attribute_bytes += values.sum::<usize>() + size_of_val(&*attributes);
            tree.attributes.push((id, attributes));
        }
        id
    }

    fn create_comment(&self, _text: StrTendril) -> Id {
        self.add(Data::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Id {
        self.add(Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.put(*parent, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let has_parent = self.tree.borrow().node(*element).parent != NONE;
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        // Templates are never read, so their contents may stand in them.
        *target
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        if let NodeOrText::AppendNode(id) = child {
            self.tree.borrow_mut().detach(id);
        }
        let parent = self.tree.borrow().node(*sibling).parent;
        if parent != NONE {
            self.put(parent, *sibling, child);
        }
    }

    fn add_attrs_if_missing(&self, _target: &Id, _attributes: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Id) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut tree = self.tree.borrow_mut();
        loop {
            let child = tree.node(*node).first_child;
            if child == NONE {
                return;
            }
            tree.detach(child);
            tree.insert(child, *new_parent, NONE);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }
}
