using System.ComponentModel.DataAnnotations;

namespace Kiwire.Server.Accounts;

/// <summary>How many accounts are kept in memory. Section <c>Kiwire:Accounts</c>.</summary>
internal sealed class AccountsOptions
{
    public const string Section = "Kiwire:Accounts";

    /// <summary>
    /// The most accounts in memory; past it, those not looked up for longest make room. An account takes about 400 octets, so the default
    /// keeps a million of them well within 1 GiB.
    /// </summary>
    [Range(1_000, 20_000_000)]
    public int Capacity { get; set; } = 1_200_000;

    /// <summary>The most names that are remembered not to exist; a power of two is made of it.</summary>
    [Range(256, 1 << 20)]
    public int MissingCapacity { get; set; } = 65_536;

    /// <summary>The most reads of accounts from the database under way at one time; past it, a login that needs one is not answered.</summary>
    [Range(1, 65_536)]
    public int MaxReadsUnderWay { get; set; } = 256;

    /// <summary>Whether accounts are read into memory in the background after start, the most recently used first.</summary>
    public bool WarmUp { get; set; } = true;
}
