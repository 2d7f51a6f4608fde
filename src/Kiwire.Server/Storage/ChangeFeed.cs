namespace Kiwire.Server.Storage;

/// <summary>Something that servers hold in memory has changed in the database.</summary>
/// <param name="Kind">One of <see cref="ChangeKind"/>.</param>
/// <param name="TenantId">Whose.</param>
/// <param name="Id">Which; 0 for all of that kind.</param>
internal readonly record struct Change(string Kind, long TenantId, long Id);

/// <summary>The kinds of change that are announced.</summary>
internal static class ChangeKind
{
    public const string Tenant = "tenant";
    public const string Nas = "nas";
    public const string Zone = "zone";
    public const string Profile = "profile";
    public const string Account = "account";
}

/// <summary>
/// Changes announced by any server, delivered to this one within a second (PostgreSQL: NOTIFY, with polling as the fall-back;
/// SQLite: in the process).
/// </summary>
internal sealed class ChangeFeed
{
    /// <summary>Calls <paramref name="handler"/> for each change from now on, in commit order, on the feed's own task; it must not block.</summary>
    public void Subscribe(Action<Change> handler) => throw new NotImplementedException();
}
