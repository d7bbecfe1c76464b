//! What can be told of an organ from its name alone: its kind and its rank.
