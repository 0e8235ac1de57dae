//! The tables of Waymark, one file each.
