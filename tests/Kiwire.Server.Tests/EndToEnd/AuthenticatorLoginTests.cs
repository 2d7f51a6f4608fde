using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.OneTimeCodes;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>Logins of users with an authenticator, over the wire: password, challenge and code, or both at once; and what must not let in.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class AuthenticatorLoginTests
{
    private const string Device = "02-5E-00-00-01-01";
    private const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private const string WrongCode = "000000";
    private static readonly byte[] Challenge = [.. Enumerable.Range(1, 16).Select(octet => (byte)octet)];

    private readonly ShiftedClock _clock = new();
    private RunningServer _server = null!;
    private ApiClient _api = null!;
    private TestNas _nas = null!;
    private string? _secretOfTotp;
    private int _users;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync(_clock);
        _api = await ApiClient.LogInAsync(_server);
        _nas = new TestNas(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _nas.Dispose();
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [SetUp]
    public async Task ResetPolicyAsync()
    {
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, EapMethods = ["GTC", "MSCHAPV2", "MD5"] });
        await AppendAsync(false);
    }

    [Test]
    public async Task A_right_password_is_asked_for_the_code_which_lets_in_once()
    {
        string user = await NewUserAsync();

        Answer asked = _nas.Login(user, "secret-1", Device);
        Answer letIn = _nas.Login(user, Code(1), Device, Answering(asked));
        Answer again = _nas.Login(user, Code(1), Device, Answering(asked));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.Code, Is.EqualTo(RadiusCode.AccessChallenge));
            Assert.That(asked.Text, Is.EqualTo("Enter the code that your authenticator shows"));
            Assert.That(asked.Integer(27), Is.EqualTo(120), "Session-Timeout");
            Assert.That(asked.Octets(24), Is.Not.Null, "State");
            Assert.That(letIn.IsAccept, Is.True, letIn.Text);
            Assert.That(letIn.Octets(24), Is.Null);
            Assert.That(again.Code, Is.EqualTo(RadiusCode.AccessChallenge), "a used code is a wrong one");
        }
    }

    [Test]
    public async Task A_code_of_the_time_lets_in()
    {
        string user = await NewUserAsync(new { }, secret => Codes.Now(secret, clock: _clock));
        string secret = _secretOfTotp!;
        _clock.Advance(TimeSpan.FromSeconds(30));

        Answer asked = _nas.Login(user, "secret-1", Device);
        string code = Codes.Now(secret, clock: _clock);

        Assert.That(_nas.Login(user, code, Device, Answering(asked)).IsAccept, Is.True);
        Assert.That(_nas.Login(user, code, Device, Answering(asked)).IsAccept, Is.False);
    }

    [Test]
    public async Task A_wrong_password_is_refused_without_a_question()
    {
        string user = await NewUserAsync();

        Answer refused = _nas.Login(user, "wrong", Device);

        Assert.That((refused.Code, refused.Text), Is.EqualTo((RadiusCode.AccessReject, "Wrong username or password")));
    }

    [Test]
    public async Task Wrong_codes_are_asked_for_again_until_the_fifth()
    {
        string user = await NewUserAsync();
        Answer asked = _nas.Login(user, "secret-1", Device);
        List<RadiusCode> answers = [];
        for (int i = 0; i < 5; i++)
        {
            asked = _nas.Login(user, WrongCode, Device, Answering(asked));
            answers.Add(asked.Code);
        }

        Assert.That(answers, Is.EqualTo((RadiusCode[])
            [RadiusCode.AccessChallenge, RadiusCode.AccessChallenge, RadiusCode.AccessChallenge, RadiusCode.AccessChallenge, RadiusCode.AccessReject]));
    }

    [Test]
    public async Task After_ten_wrong_codes_the_right_one_is_refused_whatever_device_it_comes_from()
    {
        string user = await NewUserAsync();
        Answer asked = _nas.Login(user, "secret-1", "02-5E-00-00-02-00");
        for (int i = 0; i < 10; i++)
        {
            _ = _nas.Login(user, WrongCode, $"02-5E-00-00-02-{i:X2}", Answering(asked));
        }

        Answer refused = _nas.Login(user, Code(1), "02-5E-00-00-02-FF", Answering(asked));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Code, Is.EqualTo(RadiusCode.AccessReject));
            Assert.That(refused.Text, Is.EqualTo("Too many wrong passwords. Try again in a few minutes"));
        }

        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That(_nas.Login(user, Code(1), "02-5E-00-00-02-FF", Answering(_nas.Login(user, "secret-1", "02-5E-00-00-02-FF"))).IsAccept, Is.True);
    }

    [Test]
    public async Task A_State_is_good_for_its_account_until_it_ends_and_not_when_it_was_changed()
    {
        string user = await NewUserAsync();
        string other = await NewUserAsync();
        Answer asked = _nas.Login(user, "secret-1");
        byte[] state = asked.Octets(24)!;
        List<string> letIn = [];
        void Try(string what, string name, byte[] tried)
        {
            Answer answer = _nas.Login(name, Code(1), null, writer => writer.Append(24, tried));
            if (answer.Code != RadiusCode.AccessReject)
            {
                letIn.Add($"{what}: {answer.Code}");
            }
        }

        Try("another account's", other, state);
        Try("shorter", user, state[..^1]);
        Try("longer", user, [.. state, 0]);
        for (int at = 0; at < state.Length; at++)
        {
            byte[] changed = [.. state];
            changed[at] ^= 1;
            Try($"octet {at} changed", user, changed);
        }

        _clock.Advance(TimeSpan.FromSeconds(121));
        Try("of two minutes ago", user, state);

        Assert.That(letIn, Is.Empty);
        Answer anew = _nas.Login(user, Code(1), null, Answering(_nas.Login(user, "secret-1")));
        Assert.That(anew.IsAccept, Is.True, "none of these used the code up");
    }

    [Test]
    public async Task Password_and_code_in_one_field_let_in_where_the_policy_appends([Values("PAP", "CHAP", "MS-CHAPv2")] string method)
    {
        string user = await NewUserAsync();
        Answer without = Login(method, user, "secret-1" + Code(1));
        await AppendAsync(true);
        Answer wrong = Login(method, user, "secret-1" + WrongCode);
        Answer alone = Login(method, user, Code(1));
        Answer letIn = Login(method, user, "secret-1" + Code(1));
        Answer again = Login(method, user, "secret-1" + Code(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(without.Code, Is.EqualTo(RadiusCode.AccessReject));
            Assert.That(wrong.Code, Is.EqualTo(RadiusCode.AccessReject));
            Assert.That(alone.Code, Is.EqualTo(RadiusCode.AccessReject), "the password is missing");
            Assert.That(letIn.IsAccept, Is.True, letIn.Text);
            Assert.That(again.Code, Is.EqualTo(RadiusCode.AccessReject), "the code is used");
            Assert.That(letIn.Microsoft(26) is not null, Is.EqualTo(method == "MS-CHAPv2"), "MS-CHAP2-Success");
        }
    }

    [Test]
    public async Task The_code_alone_lets_in_where_there_is_no_password_and_none_is_asked_for_it([Values("PAP", "CHAP", "MS-CHAPv2")] string method)
    {
        string user = $"bare-{++_users}";
        Assert.That(_server.Get<ProfileDirectory>().TryGetByName(TenantDirectory.DefaultTenantId, "gold", out Profile? gold), Is.True);
        _ = await _server.Get<CommitQueue>().EnqueueAsync(
            unit => _server.Get<AccountStore>().SignUpAsync(unit, new SignUp
            {
                TenantId = TenantDirectory.DefaultTenantId, Name = user, Phone = "", Password = null, ProfileId = gold!.ProfileId, Zone = null, ExpiresAt = null,
            }),
            default);
        await EnrolAsync(user, new { kind = "hotp", secret = Secret }, _ => Code(0));

        Answer wrong = Login(method, user, WrongCode);
        Answer letIn = Login(method, user, Code(1));
        Answer again = Login(method, user, Code(1));
        Answer asked = Login(method, user, "");
        Answer answered = Login(method, user, Code(2), Answering(asked));

        Assert.That(
            (wrong.Code, letIn.Code, again.Code, asked.Code, answered.Code),
            Is.EqualTo((RadiusCode.AccessReject, RadiusCode.AccessAccept, RadiusCode.AccessReject, RadiusCode.AccessChallenge, RadiusCode.AccessAccept)));
    }

    [Test]
    public async Task The_challenge_may_be_met_by_CHAP()
    {
        string user = await NewUserAsync();

        Answer asked = Login("CHAP", user, "secret-1");
        Answer letIn = Login("CHAP", user, Code(1), Answering(asked));

        Assert.That((asked.Code, letIn.Code), Is.EqualTo((RadiusCode.AccessChallenge, RadiusCode.AccessAccept)));
    }

    [Test]
    public async Task In_EAP_a_token_card_takes_the_password_and_then_the_code_and_no_other_method_lets_in()
    {
        string user = await NewUserAsync();

        Answer card = Eap(user, null, [2, 7, 0, (byte)(5 + user.Length), 1, .. Encoding.ASCII.GetBytes(user)]);
        Answer asked = Type(user, card, "secret-1");
        Answer letIn = Type(user, asked, Code(1));
        Answer wrong = Type(user, Type(user, Eap(user, null, [2, 7, 0, (byte)(5 + user.Length), 1, .. Encoding.ASCII.GetBytes(user)]), "secret-1"), Code(1));
        Answer nothing = Type(user, Eap(user, null, [2, 7, 0, (byte)(5 + user.Length), 1, .. Encoding.ASCII.GetBytes(user)]), Code(2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(card.Octets(79)![4], Is.EqualTo(6), "Generic Token Card");
            Assert.That(asked.Code, Is.EqualTo(RadiusCode.AccessChallenge));
            Assert.That(Encoding.UTF8.GetString(asked.Octets(79)![5..]), Is.EqualTo("Enter the code that your authenticator shows"));
            Assert.That(letIn.IsAccept, Is.True);
            Assert.That(wrong.Code, Is.EqualTo(RadiusCode.AccessReject), "a used code");
            Assert.That(nothing.Code, Is.EqualTo(RadiusCode.AccessReject), "the code alone, where there is a password");
        }

        // MD5-Challenge, with the right password.
        Answer offered = Eap(user, null, [2, 7, 0, (byte)(5 + user.Length), 1, .. Encoding.ASCII.GetBytes(user)]);
        Answer challenged = Eap(user, offered.Octets(24), [2, offered.Octets(79)![1], 0, 6, 3, 4]);
        byte[] challenge = challenged.Octets(79)!;
        byte[] value = new byte[ChapPassword.Length];
        ChapPassword.Compute(challenge[1], "secret-1"u8, challenge.AsSpan(6, challenge[5]), value);
        Answer md5 = Eap(user, challenged.Octets(24), [2, challenge[1], 0, 22, 4, 16, .. value[1..]]);
        Assert.That(md5.Code, Is.EqualTo(RadiusCode.AccessReject));
    }

    [Test]
    public async Task The_password_alone_is_enough_until_the_authenticator_is_confirmed_and_once_it_is_gone()
    {
        string user = await NewUserAsync(confirm: false);
        Answer before = _nas.Login(user, "secret-1", Device);
        Assert.That((await _api.PostAsync($"/api/v1/accounts/{user}/authenticator/confirm", new { code = Code(0) })).Status, Is.EqualTo(200));
        Answer during = _nas.Login(user, "secret-1", Device);
        Assert.That((await _api.DeleteAsync($"/api/v1/accounts/{user}/authenticator")).Status, Is.EqualTo(204));
        Answer after = _nas.Login(user, "secret-1", Device);

        Assert.That(
            (before.Code, during.Code, after.Code), Is.EqualTo((RadiusCode.AccessAccept, RadiusCode.AccessChallenge, RadiusCode.AccessAccept)));
    }

    [Test]
    public async Task Who_has_proved_everything_is_still_refused_for_what_the_account_says()
    {
        string user = await NewUserAsync();
        Answer asked = _nas.Login(user, "secret-1", Device);
        Assert.That((await _api.PatchAsync($"/api/v1/accounts/{user}", new { status = "suspended" })).Status, Is.EqualTo(200));

        Assert.That(_nas.Login(user, Code(1), Device, Answering(asked)).Text, Is.EqualTo("This account is not active"));
    }

    /// <summary>Makes a user with an HOTP device whose counter is at 1 once it is confirmed.</summary>
    private Task<string> NewUserAsync(bool confirm = true) => NewUserAsync(new { kind = "hotp", secret = Secret }, _ => confirm ? Code(0) : null);

    private async Task<string> NewUserAsync(object authenticator, Func<string, string?> firstCode)
    {
        string user = $"user-{++_users}";
        Assert.That((await _api.PostAsync("/api/v1/accounts", new { username = user, password = "secret-1", profile = "gold" })).Status, Is.EqualTo(201));
        await EnrolAsync(user, authenticator, firstCode);
        return user;
    }

    private async Task EnrolAsync(string user, object authenticator, Func<string, string?> firstCode)
    {
        ApiAnswer enrolled = await _api.PostAsync($"/api/v1/accounts/{user}/authenticator", authenticator);
        Assert.That(enrolled.Status, Is.EqualTo(201), enrolled.ToString());
        _secretOfTotp = (string)enrolled["secret"]!;
        if (firstCode(_secretOfTotp) is { } code)
        {
            ApiAnswer confirmed = await _api.PostAsync($"/api/v1/accounts/{user}/authenticator/confirm", new { code });
            Assert.That(confirmed.Status, Is.EqualTo(200), confirmed.ToString());
        }
    }

    private async Task AppendAsync(bool append)
    {
        ApiAnswer answer = await _api.PatchAsync("/api/v1/sms/policy", new { append });
        Assert.That(answer.Status, Is.EqualTo(200), answer.ToString());
    }

    private static string Code(long counter) => Codes.Of(Secret, counter);

    private static Action<PacketWriter> Answering(Answer asked) => writer => writer.Append(24, asked.Octets(24)!);

    private Answer Login(string method, string user, string password, Action<PacketWriter>? more = null) => method == "PAP"
        ? _nas.Login(user, password, Device, more)
        : _nas.Authenticate(writer =>
        {
            writer.Append(1, Encoding.ASCII.GetBytes(user));
            writer.Append(31, Encoding.ASCII.GetBytes(Device));
            if (method == "CHAP")
            {
                byte[] value = new byte[ChapPassword.Length];
                ChapPassword.Compute(5, Encoding.UTF8.GetBytes(password), Challenge, value);
                writer.Append(3, value);
                writer.Append(60, Challenge);
            }
            else
            {
                byte[] response = new byte[50];
                Challenge.CopyTo(response.AsSpan(2));
                MsChapV2.NtResponse(Challenge, Challenge, Encoding.ASCII.GetBytes(user), Encoding.UTF8.GetBytes(password), response.AsSpan(26));
                writer.AppendVendor(311, 11, Challenge);
                writer.AppendVendor(311, 25, response);
            }

            more?.Invoke(writer);
        });

    private Answer Eap(string user, byte[]? state, byte[] message) => _nas.Authenticate(writer =>
    {
        writer.Append(1, Encoding.ASCII.GetBytes(user));
        writer.Append(31, Encoding.ASCII.GetBytes(Device));
        writer.Append(79, message);
        if (state is not null)
        {
            writer.Append(24, state);
        }
    });

    /// <summary>Types a text into the token card that was asked for.</summary>
    private Answer Type(string user, Answer asked, string text) =>
        Eap(user, asked.Octets(24), [2, asked.Octets(79)![1], 0, (byte)(5 + text.Length), 6, .. Encoding.ASCII.GetBytes(text)]);
}
