package com.loc;

public final class Places {
    private Places() { }

    public static String first() {
        return "com.umeng.analytics.MobclickAgent cn.jpush.android.api.JPushInterface";
    }
}
