package com.example.guardpicksclass;

import android.app.Activity;

public class Main extends Activity { }
