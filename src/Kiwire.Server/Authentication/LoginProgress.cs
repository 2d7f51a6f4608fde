using Kiwire.Server.Accounts;
using Kiwire.Server.Network;

namespace Kiwire.Server.Authentication;

/// <summary>What a login has to wait for before it can be decided.</summary>
internal enum LoginWait
{
    None,

    /// <summary>The account of a name is not in memory.</summary>
    Account,

    /// <summary>The account of a MAC address is not in memory.</summary>
    AccountOfDevice,

    /// <summary>The window of an Expiration profile begins with this login, which must be in the database first.</summary>
    FirstLogin,

    /// <summary>The device is to be registered with the account.</summary>
    Registration,
}

/// <summary>How far a login has come, carried from the synchronous part into the waiting one.</summary>
internal struct LoginProgress
{
    public LoginWait Wait;

    /// <summary>The name to look up.</summary>
    public byte[]? Name;

    /// <summary>For EAP: this request's turn in its conversation.</summary>
    public EapTurn? Turn;

    /// <summary>The name has been looked up; <see cref="Account"/> is the answer.</summary>
    public bool NameResolved;

    /// <summary>The device has been looked up as a MAC login; <see cref="Account"/> is the answer.</summary>
    public bool DeviceResolved;

    public AccountEntry? Account;

    /// <summary>The account was found by the device's MAC address.</summary>
    public bool ByDevice;

    public MacAddress Device;

    /// <summary>The device has been registered in the course of this login.</summary>
    public bool Registered;

    /// <summary>Says it again, to the compiler and the reader: something is missing.</summary>
    public bool MustWait(LoginWait wait)
    {
        Wait = wait;
        return false;
    }
}
