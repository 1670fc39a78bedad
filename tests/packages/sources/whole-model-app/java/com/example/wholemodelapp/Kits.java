package com.example.wholemodelapp;

import android.content.Context;
import com.amap.api.location.AMapLocationClient;
import com.umeng.commonsdk.UMConfigure;

final class Kits {
    static void start(Context context) {
        UMConfigure.init(context, UMConfigure.DEVICE_TYPE_PHONE, null);
        AMapLocationClient.updatePrivacyShow(context, true, true);
        AMapLocationClient.updatePrivacyAgree(context, true);
    }
}
