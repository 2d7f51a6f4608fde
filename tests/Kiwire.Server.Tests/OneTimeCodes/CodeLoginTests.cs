using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Accounts;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Sms;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>otp-sms.md, How a code reaches a RADIUS login: over the wire.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class CodeLoginTests
{
    private const string Device = "02-AA-00-00-00-01";
    private const string OtherDevice = "02-AA-00-00-00-02";
    private const byte State = 24;
    private const byte SessionTimeout = 27;
    private const long Tenant = TenantDirectory.DefaultTenantId;

    private static int _guests;

    private RunningServer _server = null!;
    private ShiftedClock _clock = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _clock = new ShiftedClock();
        _server = await RunningServer.StartAsync(_clock);
        _api = await ApiClient.LogInAsync(_server);
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [SetUp]
    public Task ResetPolicyAsync() => UseAsync(new { enabled = true, connector = "demo", profile = "gold", mode = "everyLogin", append = false, codeReuseSeconds = 0, maxAttempts = 5, guard = "off", defaultCountry = "", passwordSecurity = "low" });

    [Test]
    public async Task The_password_is_answered_by_a_challenge_and_the_code_lets_in()
    {
        string phone = await AddAccountAsync("ann-1", "secret-1");
        using TestNas nas = new(_server);

        Answer challenge = nas.Login("ann-1", "secret-1", Device);
        Answer accept = nas.Login("ann-1", await CodeOfAsync(phone), Device, writer => writer.Append(State, challenge.Octets(State)!));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(challenge.Code, Is.EqualTo(RadiusCode.AccessChallenge));
            Assert.That(challenge.Text, Is.EqualTo("Enter the code sent to " + SmsSamples.Phone(phone).Masked));
            Assert.That((challenge.Octets(State)?.Length, challenge.Integer(SessionTimeout)), Is.EqualTo(((int?)CodeStates.Length, (uint?)300)));
            Assert.That(accept.Code, Is.EqualTo(RadiusCode.AccessAccept), accept.Text);
            Assert.That((await _server.Get<AccountStore>().FindAsync(Tenant, "ann-1", default))!.Name, Is.EqualTo("ann-1"));
        }
    }

    [Test]
    public async Task A_number_with_no_account_and_no_password_is_challenged_and_the_first_code_makes_the_account([Values("PAP", "CHAP", "MS-CHAPv2")] string method)
    {
        string phone = NextPhone();
        using TestNas nas = new(_server);

        Answer challenge = Login(nas, method, phone, "");
        Account? before = await _server.Get<AccountStore>().FindAsync(Tenant, phone, default);
        Answer accept = Login(nas, method, phone, await CodeOfAsync(phone), challenge.Octets(State));
        Account? after = await _server.Get<AccountStore>().FindAsync(Tenant, phone, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(challenge.Code, Is.EqualTo(RadiusCode.AccessChallenge), challenge.Text);
            Assert.That(accept.Code, Is.EqualTo(RadiusCode.AccessAccept), accept.Text);
            Assert.That(before, Is.Null);
            Assert.That((after?.ProfileName, after?.Phone), Is.EqualTo(("gold", phone)));
            Assert.That(Login(nas, method, phone, "").Code, Is.EqualTo(RadiusCode.AccessChallenge), "each login needs a new code");
        }
    }

    [Test]
    public async Task A_code_that_the_portal_had_sent_lets_in_directly_once([Values("PAP", "CHAP", "MS-CHAP", "MS-CHAPv2")] string method)
    {
        string phone = NextPhone();
        using TestNas nas = new(_server);
        await AskAsync(phone);
        string code = await CodeOfAsync(phone);

        Answer wrong = Login(nas, method, phone, CodesRoom.WrongFor(code));
        Answer right = Login(nas, method, phone, code);
        Answer again = Login(nas, method, phone, code);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((wrong.Code, wrong.Text), Is.EqualTo((RadiusCode.AccessReject, "Wrong username or password")));
            Assert.That(right.Code, Is.EqualTo(RadiusCode.AccessAccept), right.Text);
            Assert.That(again.Code, Is.EqualTo(RadiusCode.AccessReject));
            if (method == "MS-CHAPv2")
            {
                Assert.That(right.Microsoft(26), Is.Not.Null, "MS-CHAP2-Success");
            }
        }
    }

    [Test]
    public async Task A_wrong_code_is_challenged_again_until_five_and_then_the_right_one_is_no_good()
    {
        string phone = await AddAccountAsync("ann-2", "secret-1");
        using TestNas nas = new(_server);
        byte[] state = nas.Login("ann-2", "secret-1").Octets(State)!;
        string code = await CodeOfAsync(phone);
        string wrong = CodesRoom.WrongFor(code);

        Answer[] answers = [.. Enumerable.Range(0, 5).Select(_ => nas.Login("ann-2", wrong, null, writer => writer.Append(State, state)))];
        Answer right = nas.Login("ann-2", code, null, writer => writer.Append(State, state));
        Answer anew = nas.Login("ann-2", "secret-1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Take(4).Select(answer => answer.Code), Is.All.EqualTo(RadiusCode.AccessChallenge));
            Assert.That(answers.Take(4).Select(answer => answer.Octets(State)), Is.All.EqualTo(state));
            Assert.That(answers[0].Text, Is.EqualTo("Wrong code. Enter the code sent to " + SmsSamples.Phone(phone).Masked));
            Assert.That(answers[4].Code, Is.EqualTo(RadiusCode.AccessReject));
            Assert.That(right.Code, Is.EqualTo(RadiusCode.AccessReject));
            Assert.That((anew.Code, anew.Text), Is.EqualTo((RadiusCode.AccessReject, "Too many wrong codes. Try again in a moment.")));
        }
    }

    [Test]
    public async Task A_repeated_first_request_gets_the_same_challenge_and_no_second_message()
    {
        string phone = await AddAccountAsync("ann-3", "secret-1");
        using TestNas nas = new(_server);

        Answer first = nas.Login("ann-3", "secret-1");
        Answer second = nas.Login("ann-3", "secret-1");
        int messages = await CountMessagesAsync(phone);
        _clock.Advance(TimeSpan.FromSeconds(61));
        Answer third = nas.Login("ann-3", "secret-1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((second.Code, second.Text, second.Integer(SessionTimeout)), Is.EqualTo((RadiusCode.AccessChallenge, first.Text, first.Integer(SessionTimeout))));
            Assert.That(second.Octets(State), Is.EqualTo(first.Octets(State)));
            Assert.That(messages, Is.EqualTo(1));
            Assert.That(third.Octets(State), Is.Not.EqualTo(first.Octets(State)));
            Assert.That(await CountMessagesAsync(phone), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_State_is_one_users()
    {
        string phone = await AddAccountAsync("ann-4", "secret-1");
        string other = await AddAccountAsync("ben-4", "secret-2");
        using TestNas nas = new(_server);
        byte[] state = nas.Login("ann-4", "secret-1").Octets(State)!;
        byte[] othersState = nas.Login("ben-4", "secret-2").Octets(State)!;

        Answer stolen = nas.Login("ben-4", await CodeOfAsync(phone), null, writer => writer.Append(State, state));
        Answer lent = nas.Login("ben-4", await CodeOfAsync(other), null, writer => writer.Append(State, state));
        byte[] flipped = [.. othersState];
        flipped[^1] ^= 1;
        Answer forged = nas.Login("ben-4", await CodeOfAsync(other), null, writer => writer.Append(State, flipped));
        Answer own = nas.Login("ben-4", await CodeOfAsync(other), null, writer => writer.Append(State, othersState));

        Assert.That(
            ((Answer[])[stolen, lent, forged, own]).Select(answer => answer.Code),
            Is.EqualTo(new[] { RadiusCode.AccessReject, RadiusCode.AccessReject, RadiusCode.AccessReject, RadiusCode.AccessAccept }));
    }

    [Test]
    public async Task A_code_that_is_out_of_date_is_refused()
    {
        string phone = await AddAccountAsync("ann-5", "secret-1");
        using TestNas nas = new(_server);
        byte[] state = nas.Login("ann-5", "secret-1").Octets(State)!;
        string code = await CodeOfAsync(phone);

        _clock.Advance(TimeSpan.FromSeconds(301));

        Assert.That(nas.Login("ann-5", code, null, writer => writer.Append(State, state)).Code, Is.EqualTo(RadiusCode.AccessReject));
    }

    [Test]
    public async Task The_same_device_uses_a_code_again_for_as_long_as_the_policy_says()
    {
        await UseAsync(new { codeReuseSeconds = 120 });
        string phone = NextPhone();
        using TestNas nas = new(_server);
        await AskAsync(phone);
        string code = await CodeOfAsync(phone);

        Answer first = nas.Login(phone, code, Device);
        Answer twice = nas.Login(phone, code, Device);
        Answer elsewhere = nas.Login(phone, code, OtherDevice);
        _clock.Advance(TimeSpan.FromSeconds(121));
        Answer late = nas.Login(phone, code, Device);

        Assert.That(
            ((Answer[])[first, twice, elsewhere, late]).Select(answer => answer.Code),
            Is.EqualTo(new[] { RadiusCode.AccessAccept, RadiusCode.AccessAccept, RadiusCode.AccessReject, RadiusCode.AccessReject }));
    }

    [Test]
    public async Task A_password_with_the_code_behind_it_lets_in_where_the_policy_takes_that([Values("PAP", "CHAP", "MS-CHAPv2")] string method)
    {
        string name = "app-" + method;
        string phone = await AddAccountAsync(name, "secret-1");
        using TestNas nas = new(_server);
        Login(nas, method, name, "secret-1");
        string code = await CodeOfAsync(phone);

        Answer before = Login(nas, method, name, "secret-1" + code);
        await UseAsync(new { append = true });
        Answer codeAlone = Login(nas, method, name, code);
        Answer both = Login(nas, method, name, "secret-1" + code);
        Answer again = Login(nas, method, name, "secret-1" + code);

        Assert.That(
            ((Answer[])[before, codeAlone, both, again]).Select(answer => answer.Code),
            Is.EqualTo(new[] { RadiusCode.AccessReject, RadiusCode.AccessReject, RadiusCode.AccessAccept, RadiusCode.AccessReject }));
    }

    [Test]
    public async Task A_code_lets_in_once_by_EAP_and_a_password_alone_does_not()
    {
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, EapMethods = ["GTC"] });
        string phone = NextPhone();
        await AddAccountAsync("eap-1", "secret-1");
        using TestNas nas = new(_server);
        await AskAsync(phone);
        string code = await CodeOfAsync(phone);

        Answer wrong = TypeByEap(nas, phone, CodesRoom.WrongFor(code));
        Answer right = TypeByEap(nas, phone, code);
        Answer again = TypeByEap(nas, phone, code);
        Answer password = TypeByEap(nas, "eap-1", "secret-1");
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });

        Assert.That(
            ((Answer[])[wrong, right, again, password]).Select(answer => answer.Code),
            Is.EqualTo(new[] { RadiusCode.AccessReject, RadiusCode.AccessAccept, RadiusCode.AccessReject, RadiusCode.AccessReject }));
    }

    [Test]
    public async Task What_the_verification_hands_out_lets_in_once()
    {
        string phone = NextPhone();
        using TestNas nas = new(_server);
        await AskAsync(phone);
        string code = await CodeOfAsync(phone);
        ApiAnswer verdict = await _api.PostAsync("/api/v1/one-time-codes/verify", new { phone, code });

        Answer byCode = nas.Login(phone, code);
        Answer byPass = Login(nas, "CHAP", phone, (string)verdict["password"]!);
        Answer again = Login(nas, "CHAP", phone, (string)verdict["password"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)verdict["verdict"], (string?)verdict["account"]), Is.EqualTo(("right", phone)), verdict.Text);
            Assert.That((byCode.Code, byPass.Code, again.Code), Is.EqualTo((RadiusCode.AccessReject, RadiusCode.AccessAccept, RadiusCode.AccessReject)));
        }
    }

    [Test]
    public async Task A_national_number_is_the_same_account()
    {
        await UseAsync(new { defaultCountry = "MY" });
        string phone = NextPhone();
        string national = "0" + phone[3..];
        using TestNas nas = new(_server);
        byte[] state = nas.Login(national, "").Octets(State)!;
        Answer first = nas.Login(national, await CodeOfAsync(phone), Device, writer => writer.Append(State, state));

        await AskAsync(phone);
        Answer second = nas.Login(national, await CodeOfAsync(phone), Device);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Code, second.Code), Is.EqualTo((RadiusCode.AccessAccept, RadiusCode.AccessAccept)));
            Assert.That(await _server.Get<AccountStore>().FindAsync(Tenant, phone, default), Is.Not.Null);
            Assert.That(await _server.Get<AccountStore>().FindAsync(Tenant, national, default), Is.Null);
        }
    }

    [Test]
    public async Task Ways_to_write_a_number_are_one_name_to_the_lock_out()
    {
        await UseAsync(new { mode = "passwordOnce", defaultCountry = "MY" });
        string phone = NextPhone();
        await _server.CreateUserAsync(new AccountSettings { Username = phone, Password = "secret-1", Profile = "gold" });
        using TestNas nas = new(_server);
        Answer before = nas.Login("0" + phone[3..], "secret-1", Device);

        for (int i = 0; i < 10; i++)
        {
            nas.Login(phone.Insert(i + 1, "-"), "wrong", Device);
        }

        Answer locked = nas.Login(phone, "secret-1", Device);
        Answer elsewhere = nas.Login(phone, "secret-1", OtherDevice);

        Assert.That((before.Code, locked.Code, elsewhere.Code), Is.EqualTo((RadiusCode.AccessAccept, RadiusCode.AccessReject, RadiusCode.AccessAccept)));
    }

    [Test]
    public async Task Nobody_whom_an_earlier_check_shuts_out_gets_a_code()
    {
        string phone = await AddAccountAsync("ann-6", "secret-1", AccountSettings.SuspendedStatus);
        using TestNas nas = new(_server);

        Answer suspended = nas.Login("ann-6", "secret-1");
        Answer wrong = nas.Login("ann-6", "wrong");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((suspended.Code, suspended.Text), Is.EqualTo((RadiusCode.AccessReject, "This account is not active")));
            Assert.That((wrong.Code, wrong.Text), Is.EqualTo((RadiusCode.AccessReject, "Wrong username or password")));
            Assert.That(await CountMessagesAsync(phone), Is.Zero);
        }
    }

    [Test]
    public async Task A_refusal_after_the_right_code_leaves_it_for_another_try()
    {
        string phone = await AddAccountAsync("ann-7", "secret-1");
        using TestNas nas = new(_server);
        byte[] state = nas.Login("ann-7", "secret-1").Octets(State)!;
        string code = await CodeOfAsync(phone);
        Account account = (await _server.Get<AccountStore>().FindAsync(Tenant, "ann-7", default))!;

        await _server.Get<AccountStore>().SetActiveAsync(Tenant, account.AccountId, active: false, default);
        Answer suspended = nas.Login("ann-7", code, null, writer => writer.Append(State, state));
        await _server.Get<AccountStore>().SetActiveAsync(Tenant, account.AccountId, active: true, default);
        Answer accepted = nas.Login("ann-7", code, null, writer => writer.Append(State, state));

        Assert.That((suspended.Text, accepted.Code), Is.EqualTo(("This account is not active", RadiusCode.AccessAccept)));
    }

    [Test]
    public async Task Accounts_without_a_number_log_in_as_ever_and_unknown_names_are_refused_as_ever()
    {
        using TestNas nas = new(_server);
        await _server.CreateUserAsync(new AccountSettings { Username = "plain", Password = "secret-1", Profile = "gold" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nas.Login("plain", "secret-1").Code, Is.EqualTo(RadiusCode.AccessAccept));
            Assert.That(nas.Login("plain", "").Text, Is.EqualTo("Wrong username or password"));
            Assert.That(nas.Login("nobody", "").Text, Is.EqualTo("Wrong username or password"));
            Assert.That(nas.Login("001122334455", "", "00-11-22-33-44-55").Text, Is.EqualTo("Wrong username or password"), "a device's address is no number");
            Assert.That(nas.Login(NextPhone(), "guessed").Text, Is.EqualTo("Wrong username or password"));
        }
    }

    [Test]
    public async Task An_account_without_a_password_does_not_log_in_where_no_code_is_asked_for()
    {
        string phone = NextPhone();
        using TestNas nas = new(_server);
        await AskAsync(phone);
        Assert.That(nas.Login(phone, await CodeOfAsync(phone)).IsAccept, Is.True);

        await UseAsync(new { mode = "registration" });

        Assert.That(new[] { "PAP", "CHAP", "MS-CHAPv2" }.Select(method => Login(nas, method, phone, "").Code), Is.All.EqualTo(RadiusCode.AccessReject));
    }

    [Test]
    public async Task A_password_that_was_sent_once_makes_the_account_with_its_first_login([Values("PAP", "CHAP", "MS-CHAPv2")] string method)
    {
        await UseAsync(new { mode = "passwordOnce" });
        string phone = NextPhone();
        using TestNas nas = new(_server);
        await AskAsync(phone);
        string password = await CodeOfAsync(phone);

        Answer empty = Login(nas, method, phone, "");
        Answer first = Login(nas, method, phone, password);
        Answer second = Login(nas, method, phone, password);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(empty.Code, Is.EqualTo(RadiusCode.AccessReject));
            Assert.That((first.Code, second.Code), Is.EqualTo((RadiusCode.AccessAccept, RadiusCode.AccessAccept)));
            Assert.That(await CountMessagesAsync(phone), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_history_has_the_challenge_and_never_the_code()
    {
        string phone = await AddAccountAsync("ann-8", "secret-1");
        using TestNas nas = new(_server);
        byte[] state = nas.Login("ann-8", "secret-1").Octets(State)!;
        string code = await CodeOfAsync(phone);
        nas.Login("ann-8", CodesRoom.WrongFor(code), null, writer => writer.Append(State, state));
        nas.Login("ann-8", code, null, writer => writer.Append(State, state));

        ApiAnswer history = await RunningServer.UntilAsync(
            () => _api.GetAsync("/api/v1/logins?username=ann-8"), answer => answer["items"]!.AsArray().Count == 3, TestContext.CurrentContext.CancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(history["items"]!.AsArray().Select(login => (string?)login!["outcome"]), Is.EqualTo(new[] { "accepted", "challenged", "challenged" }), history.Text);
            Assert.That(history.Text, Does.Contain("a code was sent to").And.Contain("attempts left: 4").And.Not.Contain(code).And.Not.Contain(phone));
        }
    }

    private async Task UseAsync(object changes)
    {
        ApiAnswer answer = await _api.PatchAsync("/api/v1/sms/policy", changes);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
    }

    private async Task AskAsync(string phone)
    {
        ApiAnswer answer = await _api.PostAsync("/api/v1/one-time-codes", new { phone });
        Assert.That(answer.Status, Is.EqualTo(202), answer.Text);
    }

    private async Task<string> AddAccountAsync(string name, string password, string? status = null)
    {
        string phone = NextPhone();
        await _server.CreateUserAsync(new AccountSettings { Username = name, Password = password, Profile = "gold", Phone = phone, Status = status });
        return phone;
    }

    private async Task<string> CodeOfAsync(string phone)
    {
        CodeVerification codes = _server.Get<CodeVerification>();
        StoredCode stored = (await codes.FindAsync(Tenant, SmsSamples.Phone(phone), default))!;
        return Encoding.UTF8.GetString(codes.Reveal(stored)!);
    }

    private async Task<int> CountMessagesAsync(string phone) =>
        (await _server.Get<SmsLogStore>().ListAsync(Tenant, new SmsLogFilter { PhoneHash = _server.Get<SmsOutbox>().HashOf(SmsSamples.Phone(phone)) }, long.MaxValue, 100, default)).Count;

    /// <summary>A token card (RFC 3748, 5.6): the name, the prompt, what is typed.</summary>
    private static Answer TypeByEap(TestNas nas, string name, string text)
    {
        Answer prompt = Send(1, 1, name, null);
        Assert.That(prompt.Code, Is.EqualTo(RadiusCode.AccessChallenge));
        return Send(prompt.Octets(79)![1], 6, text, prompt.Octets(State));

        Answer Send(byte identifier, byte type, string data, byte[]? state) => nas.Authenticate(writer =>
        {
            writer.Append(1, Encoding.UTF8.GetBytes(name));
            writer.Append(79, [2, identifier, 0, (byte)(5 + data.Length), type, .. Encoding.UTF8.GetBytes(data)]);
            if (state is not null)
            {
                writer.Append(State, state);
            }
        });
    }

    private static string NextPhone() => "+6012" + Interlocked.Increment(ref _guests).ToString("D7", System.Globalization.CultureInfo.InvariantCulture);

    private static Answer Login(TestNas nas, string method, string name, string password, byte[]? state = null) => nas.Authenticate(writer =>
    {
        byte[] secret = Encoding.UTF8.GetBytes(password);
        writer.Append(1, Encoding.UTF8.GetBytes(name));
        byte[] challenge = [.. Enumerable.Range(1, 16).Select(octet => (byte)octet)];
        switch (method)
        {
            case "PAP":
                byte[] hidden = new byte[UserPassword.HiddenLength(secret.Length)];
                UserPassword.Hide(secret, nas.Secret, nas.Authenticator, hidden);
                writer.Append(2, hidden);
                break;
            case "CHAP":
                byte[] response = new byte[17];
                ChapPassword.Compute(7, secret, challenge, response);
                writer.Append(3, response);
                writer.Append(60, challenge);
                break;
            case "MS-CHAP":
                writer.AppendVendor(311, 11, challenge.AsSpan(0, 8));
                writer.AppendVendor(311, 1, CredentialsTests.V1Response(password));
                break;
            default:
                writer.AppendVendor(311, 11, challenge);
                writer.AppendVendor(311, 25, CredentialsTests.V2Response(name, password));
                break;
        }

        if (state is not null)
        {
            writer.Append(State, state);
        }
    });
}
