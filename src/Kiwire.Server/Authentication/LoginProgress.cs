using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;

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

    /// <summary>The account that a device was granted is not in memory.</summary>
    AccountOfGrant,

    /// <summary>The code of an authenticator is to be judged and used up, which the database must say.</summary>
    OneTimePassword,

    /// <summary>All checks are passed: the grant is to be used up, which the database must say.</summary>
    Grant,

    /// <summary>A one-time code is to be sent.</summary>
    CodeRequest,

    /// <summary>The last code that went to a number is not in memory.</summary>
    Code,

    /// <summary>A wrong code is to be counted.</summary>
    WrongCode,

    /// <summary>All checks are passed: the code is to be used up, which the database must say.</summary>
    UseCode,

    /// <summary>The code is right and its number has no account: the code is used up and makes it.</summary>
    SignUp,
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

    /// <summary>The name has been looked up as a telephone number too.</summary>
    public bool PhoneResolved;

    public AccountEntry? Account;

    /// <summary>Check 10; null: the login needs no one-time code, as far as is known.</summary>
    public CodeTurn? Code;

    /// <summary>The account was found by the device's MAC address.</summary>
    public bool ByDevice;

    public MacAddress Device;

    /// <summary>The device has been registered in the course of this login.</summary>
    public bool Registered;

    /// <summary>What is compared with an authenticator's codes.</summary>
    public CodeProof? CodeProof;

    /// <summary>What became of the code; None: it was not judged yet.</summary>
    public OneTimePasswordVerdict CodeVerdict;

    /// <summary>How often a code was asked for; 0: this is no answer to a challenge.</summary>
    public int Round;

    /// <summary>What the device is let in by; null: nothing of the kind was found.</summary>
    public Grant? Grant;

    /// <summary>The grant is this login's: used up for it.</summary>
    public bool GrantTaken;

    /// <summary>There is no grant after all (used elsewhere, or its account is gone): the login goes the usual way.</summary>
    public bool GrantGone;

    /// <summary>The login that holds a place while a grant or code is used up; 0: none yet.</summary>
    public long LoginId;

    /// <summary>The grant is another login's: this one goes the usual way, from its beginning.</summary>
    public void ForgetGrant()
    {
        GiveBackPlace();
        GrantGone = true;
        Account = null;
        ByDevice = false;
    }

    /// <summary>Gives back the place that was taken while a grant or code was being used up.</summary>
    public void GiveBackPlace()
    {
        if (LoginId != 0 && !GrantTaken && Code is not { Taken: true })
        {
            Account?.Presence.CancelReservation(LoginId);
            LoginId = 0;
        }
    }

    /// <summary>Says it again, to the compiler and the reader: something is missing.</summary>
    public bool MustWait(LoginWait wait)
    {
        Wait = wait;
        return false;
    }
}
