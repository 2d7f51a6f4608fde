namespace Kiwire.Server.Accounts;

/// <summary>The place of a profile that accounts in memory point at: an edit replaces what is in it, and so holds for all of them at once.</summary>
internal sealed class ProfileHolder
{
    private volatile Profile? _current;

    public ProfileHolder(Profile? current) => _current = current;

    /// <summary>The profile as it is now; null: it is gone.</summary>
    public Profile? Current
    {
        get => _current;
        internal set => _current = value;
    }
}
