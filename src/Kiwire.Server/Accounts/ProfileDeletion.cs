namespace Kiwire.Server.Accounts;

/// <summary>What became of the deletion of a profile.</summary>
internal enum ProfileDeletion
{
    Deleted,

    /// <summary>There is no such profile.</summary>
    Missing,

    /// <summary>Accounts use it.</summary>
    InUse,

    /// <summary>A policy has chosen it for accounts to come.</summary>
    Chosen,

    /// <summary>It is the one that every tenant keeps.</summary>
    Kept,

    /// <summary>Its version is not the one that the caller's If-Match names.</summary>
    Stale,
}
