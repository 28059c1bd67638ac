//! Nothing but words.
