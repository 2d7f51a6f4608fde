namespace Kiwire.Server.Accounts;

/// <summary>What an account is. The numbers are stored.</summary>
internal enum AccountKind
{
    User = 0,

    /// <summary>A code that is name and password.</summary>
    Voucher = 1,
}
