//! Adds up a whole tree of organs, from the leaves: a child that is a parent gives its own sum.

use super::{Child, Part, RolledUp, rollup};
use crate::form::Form;
use jiff::civil::Date;

/// An organ in the tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is known by.
    pub organ: String,
    /// Its name today.
    pub name: String,
    /// The position of its parent, if it has one.
    pub parent: Option<usize>,
    /// Its own report; `None` while there is none.
    pub own: Option<Part>,
}

/// Why a tree is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// An organ stands, through its parents, under itself.
    #[error("“{0}”的上级关系成了环")]
    Circle(String),
    /// A parent that is not there.
    #[error("“{0}”的上级不在名单里")]
    NoParent(String),
}

/// The sum of every organ that has children, by its position.
///
/// # Errors
/// When the parents make no tree.
pub fn of_tree(
    form: &Form,
    nodes: &[Node],
    due: Option<Date>,
) -> Result<Vec<(usize, RolledUp)>, TreeError> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            let list = children.get_mut(parent);
            list.ok_or_else(|| TreeError::NoParent(node.name.clone()))?.push(index);
        }
    }
    let mut sums: Vec<Option<RolledUp>> = vec![None; nodes.len()];
    for index in leaves_first(nodes, &children)? {
        if !children[index].is_empty() {
            let below = children[index].iter().map(|child| known(&nodes[*child], &sums[*child]));
            let below: Vec<Child> = below.collect();
            sums[index] = Some(rollup(form, nodes[index].own.clone(), &below, due));
        }
    }
    let told = sums.into_iter().enumerate();
    Ok(told.filter_map(|(index, sum)| sum.map(|sum| (index, sum))).collect())
}

/// A child with its report: its sum where it is a parent itself and anything was handed in.
fn known(node: &Node, sum: &Option<RolledUp>) -> Child {
    let summed = sum.as_ref().filter(|sum| !sum.parts.is_empty()).map(|sum| Part {
        organ: node.organ.clone(),
        name: node.own.as_ref().map_or(&node.name, |own| &own.name).clone(),
        figures: sum.figures.clone(),
        handed_in_on: node.own.as_ref().and_then(|own| own.handed_in_on),
        n_restatements: node.own.as_ref().map_or(0, |own| own.n_restatements),
    });
    let report = if sum.is_some() { summed } else { node.own.clone() };
    Child { organ: node.organ.clone(), name: node.name.clone(), report }
}

/// Every position once, children before their parents.
fn leaves_first(nodes: &[Node], children: &[Vec<usize>]) -> Result<Vec<usize>, TreeError> {
    let roots = nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none());
    let mut order: Vec<usize> = roots.map(|(index, _)| index).collect();
    let mut next = 0;
    while let Some(index) = order.get(next).copied() {
        order.extend(&children[index]);
        next += 1;
    }
    let mut is_reached = vec![false; nodes.len()];
    order.iter().for_each(|index| is_reached[*index] = true);
    if let Some(lost) = is_reached.iter().position(|reached| !reached) {
        return Err(TreeError::Circle(nodes[lost].name.clone()));
    }
    order.reverse();
    Ok(order)
}
