namespace Kiwire.Server.Storage;

/// <summary>What became of a create or update.</summary>
internal abstract record SaveOutcome
{
    private SaveOutcome()
    {
    }

    /// <summary>It is in the database, and this server already acts on it.</summary>
    public sealed record Saved(long Id) : SaveOutcome;

    /// <summary>Nothing was changed: the fields say what is wrong.</summary>
    public sealed record Refused(IReadOnlyList<FieldFault> Faults) : SaveOutcome
    {
        /// <summary>All faults in one line.</summary>
        public string Message => string.Join(" ", Faults.Select(fault => fault.Message));
    }

    /// <summary>Nothing was changed: another one has that name.</summary>
    public sealed record Exists : SaveOutcome;

    /// <summary>Nothing was changed: its version is not the one that the caller's If-Match names.</summary>
    public sealed record Stale : SaveOutcome;

    /// <summary>Nothing was deleted: something uses it.</summary>
    /// <param name="By">What does, as an operator calls it.</param>
    public sealed record InUse(string By) : SaveOutcome;

    /// <summary>There is no such thing to update.</summary>
    public sealed record Missing : SaveOutcome;
}
